"""The board: months by departments, at a glance; what the data team looks at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from warehouse import ledger
from warehouse.clock import now
from warehouse.editions import editions_of
from warehouse.errors import MinshengError
from warehouse.notifications import Incident, open_incidents
from warehouse.obligations.owed import newest_open
from warehouse.obligations.standing import GateStanding, Obligation, gate_standing, standings
from warehouse.periods import Period
from warehouse.settings import Settings


@dataclass(frozen=True)
class BoardMonth:
    """One column: a month, and what became of it as a whole."""

    period: str
    deadline: date | None
    """The last day without an extension; None where nobody owes anything for the month."""
    edition: str | None
    """The month's newest edition."""
    gate: GateStanding | None
    """What the gate said of the month's last candidate; None where there is none."""


@dataclass(frozen=True)
class BoardRow:
    """One row: an organization, and what it owed for each month of the board (None where nothing)."""

    organization_code: str
    organization_name: str
    cells: list[Obligation | None]


@dataclass(frozen=True)
class Board:
    """The whole board as it stood at one moment."""

    asked_at: datetime
    months: list[BoardMonth]
    rows: list[BoardRow]
    newest_edition: str | None
    is_sample: bool
    last_received_at: datetime | None
    """When the newest submission was taken in; None before the first."""
    incidents: list[Incident]


def board(settings: Settings, months: int, last: Period | None = None) -> Board:
    """Show so many months up to `last` (default: the newest that is asked for today and still in the plan).

    Raises LedgerBusyError when a writer holds the ledger longer than the settings wait, and MinshengError
    where it has no plan.
    """
    asked_at = now()
    with ledger.reading(settings) as connection:
        periods = _periods(connection, months, last, asked_at.date())
        found = standings(connection, periods[0], periods[-1], asked_at.date())
        ((is_sample, last_received_at),) = connection.execute(
            "select coalesce(bool_or(is_sample), false), max(received_at) from ledger.submissions"
        ).fetchall()
    newest_editions = {edition.period: edition.name for edition in editions_of(settings)}
    return Board(
        asked_at=asked_at,
        months=[_month(settings, period, found, newest_editions) for period in periods],
        rows=_rows(periods, found),
        newest_edition=newest_editions[max(newest_editions)] if newest_editions else None,
        is_sample=bool(is_sample),
        last_received_at=last_received_at,
        incidents=open_incidents(settings),
    )


def _periods(
    connection: duckdb.DuckDBPyConnection, months: int, last: Period | None, day: date
) -> list[Period]:
    """Return the months to show: at least one, and none outside the months for which figures are due."""
    ((first_due, last_due),) = connection.execute(
        "select min(due_period), max(due_period) from plan.current_figures_due"
    ).fetchall()
    if first_due is None:
        raise MinshengError("The ledger has no plan yet: run `minsheng init` first")
    earliest, latest = Period.parse(first_due), Period.parse(last_due)
    final = max(earliest, min(last or newest_open(day), latest))
    return list(max(earliest, final + (1 - months)).through(final))


def _month(
    settings: Settings, period: Period, found: list[Obligation], newest_editions: dict[str, str]
) -> BoardMonth:
    deadlines = [one.deadline for one in found if one.period == str(period)]
    return BoardMonth(
        str(period),
        min(deadlines, default=None),
        newest_editions.get(str(period)),
        gate_standing(settings, period),
    )


def _rows(periods: list[Period], found: list[Obligation]) -> list[BoardRow]:
    cells = {(one.organization_code, one.period): one for one in found}
    names = {one.organization_code: one.organization_name for one in found}
    return [
        BoardRow(code, names[code], [cells.get((code, str(period))) for period in periods])
        for code in sorted(names)
    ]
