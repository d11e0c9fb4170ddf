"""The plan's indicators and what is promised of them, as the sample series need them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.periods import Period

_QUERY = Path(__file__).with_name("plan.sql")
_MONTHS_EACH = {"monthly": 1, "quarterly": 3, "annual": 12}
_UPWARDS = ("at_least", "above", "rises")
_DOWNWARDS = ("at_most", "below", "declines", "zero")


@dataclass(frozen=True)
class Aim:
    """What a target asks of an indicator, and by when."""

    start: Period
    end: Period
    comparator: str
    yearly: bool
    value: Decimal | None
    upper_value: Decimal | None
    tolerance: Decimal | None
    judged: str
    pace: str
    after_window: str

    @classmethod
    def of(cls, row: dict[str, Any]) -> Aim:
        """Read one target as `plan.sql` lists it."""
        return cls(
            Period.parse(row.pop("window_start")),
            Period.parse(row.pop("window_end")),
            yearly=row.pop("repeat") == "yearly",
            value=row.pop("target_value"),
            **row,
        )

    def times(self, factor: Decimal) -> Aim:
        """Return the same aim at so many times its figures."""
        value, upper, tolerance = (
            None if one is None else one * factor for one in (self.value, self.upper_value, self.tolerance)
        )
        return replace(self, value=value, upper_value=upper, tolerance=tolerance)

    @property
    def months(self) -> int:
        """The months of the whole window."""
        return self.end - self.start + 1

    @property
    def direction(self) -> int:
        """1 where more is asked for, -1 where less is, 0 where neither is."""
        return int(self.comparator in _UPWARDS) - int(self.comparator in _DOWNWARDS)

    @property
    def is_kept(self) -> bool:
        """Whether the value is to be there all the time, not to be reached by the end."""
        return (
            self.pace == "level" or self.judged == "throughout" or self.comparator in ("about", "between")
        ) and self.value is not None


@dataclass(frozen=True)
class Indicator:
    """One indicator; a derived one is made of its inputs and has no areas of its own."""

    indicator_code: str
    name_zh: str
    unit: str
    favourable: str | None
    aggregation: str
    first_inputs: tuple[str, ...]
    second_input: str | None
    scale: Decimal
    base_period: str | None
    denominator_name_zh: str | None
    frequency: str
    reported_as: str
    source_zh: str | None
    decimals: int
    value_min: Decimal | None
    value_max: Decimal | None
    aims: tuple[Aim, ...]
    area_codes: tuple[str, ...]
    area_shares: dict[str, Decimal]
    """What is asked of single areas; empty where the plan says nothing of them."""

    @property
    def months_each(self) -> int:
        """How many months one report is about."""
        return _MONTHS_EACH[self.frequency]

    @property
    def is_ratio(self) -> bool:
        """Whether it is reported by two parts."""
        return self.aggregation in ("ratio", "ratio_last")

    @property
    def is_running_total(self) -> bool:
        """Whether each report is the total of its reporting year so far."""
        return self.reported_as == "year_to_date" and self.aggregation in ("sum", "ratio")

    @property
    def is_share(self) -> bool:
        """Whether it is a share of something, in percent."""
        return self.unit == "%" and self.value_min == Decimal(0) and self.value_max == Decimal(100)

    @property
    def step(self) -> Decimal:
        """The smallest difference between two of its values."""
        return Decimal(1).scaleb(-self.decimals)


@dataclass(frozen=True)
class Plan:
    """The whole plan."""

    indicators: dict[str, Indicator]
    first_period: Period
    """The first month of its first window."""
    reporting_starts: Period
    year_starts: int
    """The first month of a reporting year."""
    uses: dict[str, list[tuple[Indicator, bool]]] = field(default_factory=dict)
    """The derived indicators that take each indicator, and whether as their second input."""

    def ends_a_report(self, indicator: Indicator, period: Period) -> bool:
        """Tell whether a quarter or year of the indicator's reports ends with the month."""
        return self.month_of_year(period) % indicator.months_each == 0

    def month_of_year(self, period: Period) -> int:
        """Return the month's place in its reporting year, from 1 to 12."""
        return (period.month - self.year_starts) % 12 + 1

    def year_of(self, period: Period) -> int:
        """Return the number of the month's reporting year: 0 is the one before the first window."""
        shift = 1 - self.year_starts
        return (period + shift).year - (self.first_period + shift).year + 1

    def year_start(self, year: int) -> Period:
        """Return the first month of the reporting year of that number."""
        return self.first_period + (1 - self.month_of_year(self.first_period) + 12 * (year - 1))

    def months_until_end_of(self, period: Period) -> int:
        """Return how many months of the plan are over at the end of the month; negative before the plan."""
        return period - self.first_period + 1


def plan_of(connection: duckdb.DuckDBPyConnection) -> Plan:
    """Return the current plan's indicators, reported and derived."""
    result = connection.execute(_QUERY.read_text(encoding="utf-8"))
    names = [column[0] for column in result.description]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    indicators = {row["indicator_code"]: _indicator(row) for row in rows}
    settings = dict(connection.execute("select key, value from plan.current_settings").fetchall())
    aims = [aim for one in indicators.values() for aim in one.aims]
    uses: dict[str, list[tuple[Indicator, bool]]] = {}
    for one in indicators.values():
        for code in one.first_inputs:
            uses.setdefault(code, []).append((one, False))
        if one.second_input:
            uses.setdefault(one.second_input, []).append((one, True))
    return Plan(
        indicators,
        min((aim.start for aim in aims), default=Period.parse(settings["reporting_starts"])),
        Period.parse(settings["reporting_starts"]),
        int(settings["year_starts"]),
        uses,
    )


def _indicator(row: dict[str, Any]) -> Indicator:
    return Indicator(
        **row
        | {
            "aims": tuple(Aim.of(aim) for aim in row["aims"]),
            "area_codes": tuple(row["area_codes"]),
            "first_inputs": tuple(row["first_inputs"] or ()),
        }
    )
