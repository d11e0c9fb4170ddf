"""Where a month stands: who has reported, what is late or refused, what the gate said, what is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any, Literal

import duckdb

from warehouse import ledger
from warehouse.clock import now
from warehouse.editions import editions_of
from warehouse.errors import MinshengError
from warehouse.gate import last_report
from warehouse.obligations.publication import calendar_of
from warehouse.periods import Period
from warehouse.progress import candidate_of
from warehouse.settings import Settings

_STANDING = Path(__file__).with_suffix(".sql")
_NEWEST = (
    "select max(due_period) from plan.current_figures_due "
    "semi join ledger.observations using (indicator_code, area_code, period)"
)
Standing = Literal["complete", "complete_late", "awaited", "overdue", "nothing_due"]


@dataclass(frozen=True)
class Obligation:
    """What one organization owes in a month's round, in figures (indicator by area), and what came of it.

    The round of a month asks for the month's figures, and for those of earlier months that others publish
    later. Who owes nothing and sent something about the month is there too, with nothing due.
    """

    period: str
    organization_code: str
    organization_name: str
    deadline: date
    """The last day on which its report is on time; the month's first where it owes nothing."""
    standing: Standing
    """All on time, some late, some still to come before the deadline, some missing after it, or none due."""
    expected: int
    received: int
    on_time: int
    late: int
    missing: int
    files_refused: int
    rows_refused: int
    last_received_at: datetime | None
    newest_submission_id: str | None
    """The last file that it sent about the month, taken in or refused."""
    missing_figures: list[dict[str, str]]
    """`indicator_code`, `area_code` and `period` of each missing figure: the month that the figure is of."""


@dataclass(frozen=True)
class GateStanding:
    """What the gate said of the month's candidate."""

    verdict: str
    held_back_by: list[str]
    """The expectations, as `suite.expectation`, that block the month or wait for a person."""


@dataclass(frozen=True)
class Status:
    """A month on the day that it was asked about."""

    period: str
    deadline: date | None
    """The last day on which a report is on time, without an extension; None where nothing is due."""
    asked_at: datetime
    organizations: list[Obligation]
    gate: GateStanding | None
    """None where the month's candidate was not checked."""
    newest_edition: str | None
    """The newest edition of any month; None before the first."""
    missed: list[str]
    """The months that were to be published and were not, the oldest first."""

    @property
    def totals(self) -> dict[str, int]:
        """The counts over all organizations; how many owe something, and how many of them reported it all."""
        names = ("expected", "received", "on_time", "late", "missing", "files_refused", "rows_refused")
        totals = {name: sum(getattr(one, name) for one in self.organizations) for name in names}
        owing = [one for one in self.organizations if one.expected]
        complete = sum(one.missing == 0 for one in owing)
        return {"organizations": len(owing), "organizations_complete": complete} | totals


def status(settings: Settings, period: Period | None = None) -> Status:
    """Say where a month stands (default: the newest round with a figure); raises MinshengError before any."""
    asked_at = now()
    with ledger.reading(settings) as connection:
        month = period or _newest(connection)
        organizations = standings(connection, month, month, asked_at.date())
    return Status(
        period=str(month),
        deadline=min((one.deadline for one in organizations), default=None),
        asked_at=asked_at,
        organizations=organizations,
        gate=gate_standing(settings, month),
        newest_edition=known[-1].name if (known := editions_of(settings)) else None,
        missed=[str(missed) for missed in calendar_of(settings).missed(asked_at.date())],
    )


def standings(
    connection: duckdb.DuckDBPyConnection, first: Period, last: Period, day: date
) -> list[Obligation]:
    """Say what each organization owed in each round from `first` to `last`, as it stood at the end of `day`.

    The plan is the one in force now. A month for which an organization owes nothing has no entry, unless it
    sent something about it.
    """
    result = connection.execute(
        _STANDING.read_text(encoding="utf-8"), {"first": str(first), "last": str(last), "day": day}
    )
    names = [column[0] for column in result.description]
    return [_obligation(dict(zip(names, row, strict=True)), day) for row in result.fetchall()]


def _newest(connection: duckdb.DuckDBPyConnection) -> Period:
    ((newest,),) = connection.execute(_NEWEST).fetchall()
    if newest is None:
        raise MinshengError(_("Nobody has reported a figure that was due yet: name a month by --period"))
    return Period.parse(newest)


def gate_standing(settings: Settings, period: Period) -> GateStanding | None:
    """Return what the gate said of the month's candidate, or None where that was not checked."""
    if (report := last_report(candidate_of(settings, period))) is None:
        return None
    return GateStanding(report.verdict, [f"{one.suite}.{one.expectation}" for one in report.held_back_by])


def _obligation(row: dict[str, Any], today: date) -> Obligation:
    missing = row["expected"] - row["received"]
    late = row["received"] - row["on_time"]
    is_past = today > row["deadline"]
    standing: Standing = "overdue" if is_past else "awaited"
    if missing == 0:
        standing = "complete_late" if late else "complete"
    if row["expected"] == 0:
        standing = "nothing_due"
    return Obligation(standing=standing, late=late, missing=missing, **row)
