"""The cards of the indicators: the month's rows chosen and ordered, no figure made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from warehouse.snapshot.month import Month, Row
from warehouse.snapshot.report.changes import Key, key_of
from warehouse.snapshot.report.charts import drawn, trend_chart
from warehouse.snapshot.wording import figure, target_en


@dataclass(frozen=True)
class Card:
    """One indicator: the window that matters most now, with its trend, and the others below it."""

    figure: Row
    others: list[Row]
    source: Row | None
    chart: Markup | None
    lead_codes: list[str]

    @property
    def alternative(self) -> str:
        """What the chart shows, in words, in both languages."""
        row = self.figure
        name_en = row["indicator_name_en"] or row["indicator_name"]
        actual, expected = (
            figure(row[name], decimals=row["decimals"]) for name in ("actual_value", "expected_value")
        )
        return (
            f"{row['indicator_name']}走势，{row['window_start']}至{row['window_end']}：{row['note']}。"
            f" Trend of {name_en}: actual {actual}, expected {expected}, {target_en(row)}."
        )


def cards_of(month: Month) -> list[Card]:
    """Make a card for each indicator that has a target, in the plan's order."""
    trends: dict[Key, list[Row]] = defaultdict(list)
    for row in month.trends:
        trends[key_of(row)].append(row)
    sources = {key_of(row): row for row in month.sources}
    by_indicator: dict[str, list[Row]] = defaultdict(list)
    for row in month.figures:
        by_indicator[row["indicator_code"]].append(row)
    # Many figures of a plan stand at none or all of their target: what looks alike is drawn once.
    draw = cache(drawn)
    return [_card(rows, trends, sources, month.period, draw) for rows in by_indicator.values()]


def _card(
    rows: list[Row],
    trends: dict[Key, list[Row]],
    sources: dict[Key, Row],
    period: str,
    draw: Callable[[str], str],
) -> Card:
    first, *others = sorted(rows, key=lambda row: _weight(row, period), reverse=True)
    chart = trend_chart(first, trends[key_of(first)])
    return Card(
        figure=first,
        others=others,
        source=sources.get(key_of(first)),
        chart=None if chart is None else Markup(draw(chart)),  # noqa: S704 - drawn by Vega from numbers and months
        lead_codes=list(dict.fromkeys(code for row in rows for code in row["lead_codes"])),
    )


def _weight(row: Row, period: str) -> tuple[bool, bool, str, str]:
    """Put first what is in force and still runs, then what runs longest, then what began last."""
    return row["in_force"], row["window_end"] >= period, row["window_end"], row["window_start"]
