"""One month's results, read once from its marts: what every page, workbook and export is made from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import duckdb

_RESULTS = Path(__file__).with_name("results")

Row = dict[str, Any]
"""One row by column name. Figures are Decimal in the indicator's unit, months `YYYY-MM`, absence is None."""


@dataclass(frozen=True)
class Month:
    """What the marts say of the month; each field is what the `.sql` file of its name in `results/` finds."""

    freshness: Row
    """The month, how fresh and how whole it is, and the district that it is about."""
    standings: list[Row]
    """How many target windows stand how: `scope` is district, section, lead or subdistrict."""
    commitments: list[Row]
    """Each goal, task and annex item, in the plan's order, as its worst target stands."""
    figures: list[Row]
    """Each target's window, in the plan's order, with the plan's words and who reports it."""
    sources: list[Row]
    """What each figure is made of: how many rows of how many files, and the newest of them."""
    compliance: list[Row]
    """What each organization owed for each month up to this one, and what came of it."""
    scorecards: list[Row]
    """Each organization: its targets, its reporting over all months, its rank."""
    waivers: list[Row]
    """What the gate warned of and a person let pass."""

    @property
    def period(self) -> str:
        """The month, YYYY-MM."""
        return str(self.freshness["period"])


def month_of(marts: Path) -> Month:
    """Read a candidate's or an edition's marts, read-only."""
    with duckdb.connect(str(marts), read_only=True) as connection:
        found: dict[str, Any] = {one.name: _rows(connection, one.name) for one in fields(Month)}
    (found["freshness"],) = found["freshness"]
    return Month(**found)


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    result = connection.execute((_RESULTS / f"{name}.sql").read_text(encoding="utf-8"))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
