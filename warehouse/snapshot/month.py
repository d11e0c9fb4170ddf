"""One month's results, read once from its marts: what every page, workbook and export is made from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import duckdb

from warehouse.snapshot.wording import GROUPS, STATUSES

_RESULTS = Path(__file__).with_name("results")

Row = dict[str, Any]
"""One row by column name. Figures are Decimal in the indicator's unit, months `YYYY-MM`, absence is None."""


@dataclass(frozen=True)
class Month:
    """What the marts say of the month; each field is what the `.sql` file of its name in `results/` finds."""

    freshness: Row
    """The month, how fresh and how whole it is, the district that it is about, how much the plan holds."""
    standings: list[Row]
    """How many target windows stand how: `scope` is district, commitment, section, lead or subdistrict.

    The windows of each group of statuses are counted in `<group>_count`, those that still run in
    `<group>_running`, those that have closed in `<group>_closed`; all in `windows`, `running`, `closed`.
    """
    commitments: list[Row]
    """Each goal, task, annex item and safeguard, in the plan's order, as its worst target stands."""
    figures: list[Row]
    """Each target's window, in the plan's order, with the plan's words and who reports it."""
    sources: list[Row]
    """What each figure is made of: how many rows of how many files, and the newest of them."""
    trends: list[Row]
    """Each window's figure and pace line, month by month."""
    compliance: list[Row]
    """What each organization owed for each month up to this one, and what came of it."""
    scorecards: list[Row]
    """Each organization: its targets, its reporting over all months, its rank."""
    subdistricts: list[Row]
    """What each subdistrict has reported, of what is reported by subdistrict."""
    supervision: list[Row]
    """The items of supervision that are open, or were closed in the month, the gravest first."""
    waivers: list[Row]
    """What the gate warned of and a person let pass."""

    @property
    def period(self) -> str:
        """The month, YYYY-MM."""
        return str(self.freshness["period"])

    @property
    def plan_title(self) -> str:
        """The plan as a bulletin names it, in brackets; editions of earlier releases do not say it."""
        title = str(self.freshness.get("plan_title") or "")
        inner = title.replace("《", "〈").replace("》", "〉")
        return f"《{inner}》" if inner else "实施方案"

    @property
    def issue(self) -> str:
        """Which of the year's bulletins it is: 2025年第3期."""
        year, month = self.period.split("-")
        return f"{year}年第{int(month)}期"

    def standing(self, scope: str) -> list[Row]:
        """Return the standings of a scope, in its order."""
        return [row for row in self.standings if row["scope"] == scope]


def month_of(marts: Path) -> Month:
    """Read a candidate's or an edition's marts, read-only."""
    with duckdb.connect(str(marts), read_only=True) as connection:
        found: dict[str, Any] = {one.name: _rows(connection, one.name) for one in fields(Month)}
    (found["freshness"],) = found["freshness"]
    found["standings"] = [_grouped(row) for row in found["standings"]]
    return Month(**found)


def district_of(marts: Path) -> Row:
    """Read how the district's windows stand, from marts of this release or an earlier one."""
    with duckdb.connect(str(marts), read_only=True) as connection:
        return next(_grouped(row) for row in _rows(connection, "standings") if row["scope"] == "district")


def _grouped(standing: Row) -> Row:
    """Add the counts of each group of statuses to a standing."""
    running, closed = (_by_group(standing[f"{name}_statuses"]) for name in ("running", "closed"))
    found = standing | {"running": running.total(), "closed": closed.total()}
    for group in GROUPS:
        found[group.running_column] = running[group.code]
        found[group.closed_column] = closed[group.code]
        found[group.count_column] = running[group.code] + closed[group.code]
    return found


def _by_group(statuses: dict[str, int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for status, windows in statuses.items():
        counts[STATUSES[status].group.code] += windows
    return counts


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    result = connection.execute((_RESULTS / f"{name}.sql").read_text(encoding="utf-8"))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
