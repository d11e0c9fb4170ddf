"""What each organization still owes on a day: the months whose reporting has opened, by indicator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

import duckdb

from warehouse import ledger
from warehouse.errors import MinshengError
from warehouse.obligations.standing import Obligation, standings
from warehouse.periods import Period
from warehouse.settings import Settings

# From this day of a month on, its figures are asked for; they are not complete before it ends.
_OPENS_ON = 25


@dataclass(frozen=True)
class MissingIndicator:
    """An indicator that lacks figures of a month, and the areas that it lacks them for."""

    indicator_code: str
    indicator_name: str
    period: str
    """The month that the figures are of: earlier than its round where others publish them later."""
    area_names: list[str]


@dataclass(frozen=True)
class OwedMonth:
    """The round of one month that is not complete."""

    period: str
    deadline: date
    days_left: int
    """0 on the last day, negative after it."""
    expected: int
    received: int
    missing: list[MissingIndicator]

    @property
    def missing_figures(self) -> int:
        """How many figures are missing."""
        return self.expected - self.received

    @property
    def is_past_due(self) -> bool:
        """Whether the deadline has passed."""
        return self.days_left < 0


@dataclass(frozen=True)
class Owed:
    """All that one organization owes, the oldest month first."""

    organization_code: str
    organization_name: str
    months: list[OwedMonth]

    @property
    def past_due(self) -> list[OwedMonth]:
        """The months whose deadline has passed."""
        return [month for month in self.months if month.is_past_due]

    @property
    def still_in_time(self) -> list[OwedMonth]:
        """The months that can still be reported in time."""
        return [month for month in self.months if not month.is_past_due]


def newest_open(day: date) -> Period:
    """Return the newest month whose figures are asked for on that day."""
    return Period(day.year, day.month) + (0 if day.day >= _OPENS_ON else -1)


def owed_on(settings: Settings, day: date) -> list[Owed]:
    """Say who owes what at the end of `day`, by what the ledger knew by then; nobody who has reported all."""
    last = newest_open(day)
    with ledger.reading(settings) as connection:
        rows = standings(connection, _first_month(connection), last, day)
        indicators = _names(connection, "select indicator_code, name_zh from plan.current_indicators")
        areas = _names(connection, "select area_code, name_zh from plan.current_areas")
    open_ones = sorted(
        (row for row in rows if row.missing), key=lambda row: (row.organization_code, row.period)
    )
    return [
        Owed(code, name, [_month(one, day, indicators, areas) for one in months])
        for (code, name), months in groupby(
            open_ones, key=lambda row: (row.organization_code, row.organization_name)
        )
    ]


def _month(one: Obligation, day: date, indicators: dict[str, str], areas: dict[str, str]) -> OwedMonth:
    by_indicator = groupby(
        one.missing_figures, key=lambda figure: (figure["indicator_code"], figure["period"])
    )
    missing = [
        MissingIndicator(code, indicators[code], period, [areas[figure["area_code"]] for figure in figures])
        for (code, period), figures in by_indicator
    ]
    return OwedMonth(one.period, one.deadline, (one.deadline - day).days, one.expected, one.received, missing)


def _first_month(connection: duckdb.DuckDBPyConnection) -> Period:
    ((first,),) = connection.execute("select min(due_period) from plan.current_figures_due").fetchall()
    if first is None:
        raise MinshengError("The ledger has no plan yet: run `minsheng init` first")
    return Period.parse(first)


def _names(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, str]:
    return dict(connection.execute(query).fetchall())
