"""Which months are open, over, due, missed or outside the plan: DAGs, status and incidents ask here.

All of it follows from the plan's calendar, the editions, the day, and the day on which the home was made,
whatever ran or did not run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import gettext as _
from pathlib import Path

from warehouse import clock, ledger, notifications
from warehouse.editions.publish import refuse_unfinished
from warehouse.errors import MinshengError, MonthRefusedError
from warehouse.notifications import Incident
from warehouse.periods import Period
from warehouse.published import Edition, editions_of
from warehouse.settings import Settings

_CAUSE = "unpublished "
_RUNBOOK = "docs/runbook.md#a-month-is-missing"
_MONTHS = Path(__file__).with_suffix(".sql")


@dataclass(frozen=True)
class Calendar:
    """The months of the plan in force, and what is to be published of them."""

    deadlines: dict[Period, date]
    """The last day of reporting of each month of the plan, in order; days off counted, extensions not."""
    made_on: date
    """The day on which the home's first plan was loaded."""
    published: frozenset[Period]
    """The months that have an edition."""

    def open_month(self, day: date) -> Period | None:
        """Return the month that is being reported: the one whose deadline comes next.

        None after the plan's end.
        """
        return next((period for period, deadline in self.deadlines.items() if deadline >= day), None)

    def publishable_from(self, period: Period) -> date | None:
        """Return the day after the month's deadline; None for a month outside the plan.

        Who has an extension keeps nobody else waiting.
        """
        deadline = self.deadlines.get(period)
        return deadline + timedelta(days=1) if deadline else None

    def require_planned(self, period: Period) -> None:
        """Raise MonthRefusedError for a month outside the plan in force."""
        if period not in self.deadlines:
            raise MonthRefusedError(
                _(
                    "{period} is outside the plan: the plan in force, from {first} to {last}, has no figures "
                    "for it; name another month, or load the plan that has it by `minsheng init`"
                ).format(period=period, first=min(self.deadlines), last=max(self.deadlines))
            )

    def require_known(self, period: Period) -> None:
        """Raise MonthRefusedError for a month outside the plan in force, unless it was published before.

        An earlier month keeps the plan of then.
        """
        if period not in self.published:
            self.require_planned(period)

    def require_publishable(self, period: Period) -> None:
        """Raise MonthRefusedError, with the reason, for a month that is not over or is outside the plan."""
        self.require_planned(period)
        refuse_unfinished(period)

    def passed_over(self, period: Period) -> str | None:
        """Say why the schedule leaves a month alone; None where it is to publish it.

        It makes up for no month whose deadline had passed when the home was made.
        """
        deadline = self.deadlines.get(period)
        if deadline is None:
            return f"The plan has no figures for {period}: nothing is published"
        if deadline < self.made_on:
            return (
                f"The deadline of {period}, {deadline}, had passed when this home was made on "
                f"{self.made_on}: trigger it by hand where it is to be published"
            )
        return None

    def missed(self, day: date) -> list[Period]:
        """Return the months that were to be published before `day` and were not, the oldest first.

        They are those that the schedule was to publish, and those between the first edition and the newest.
        """
        first, newest = min(self.published, default=None), max(self.published, default=None)
        return [
            period
            for period, deadline in self.deadlines.items()
            if deadline + timedelta(days=1) < day
            and period not in self.published
            and (self.passed_over(period) is None or (first and newest and first < period < newest))
        ]


def calendar_of(settings: Settings) -> Calendar:
    """Read the calendar; raises MinshengError where the ledger has no plan."""
    with ledger.reading(settings) as connection:
        rows = connection.execute(_MONTHS.read_text(encoding="utf-8")).fetchall()
    if not rows:
        raise MinshengError(_("The ledger has no plan yet: run `minsheng init` first"))
    return Calendar(
        {Period.parse(period): deadline for period, deadline, _ in rows},
        rows[0][2],
        frozenset(Period.parse(edition.period) for edition in editions_of(settings)),
    )


def open_month(settings: Settings, day: date | None = None) -> Period | None:
    """Return the month that is being reported on the day (default: today); None after the plan's end."""
    return calendar_of(settings).open_month(day or clock.now().date())


def watch_publication(settings: Settings, day: date) -> list[str]:
    """Open an incident for each month that was missed; return these months, the oldest first.

    A month about which another incident is open (blocked, failed, waiting for a person) is left to it,
    and one whose incident a person closed opens no second one. Closes every incident of a month that has
    been published since it was reported last, also by the command line.
    """
    calendar = calendar_of(settings)
    missed = [str(period) for period in calendar.missed(day)]
    newest = {edition.period: edition for edition in editions_of(settings)}
    for incident in notifications.open_incidents(settings):
        if _is_published_since(newest.get(incident.cause.split()[-1]), incident):
            notifications.close_incident(settings, incident.cause)
    causes = [incident.cause for incident in notifications.open_incidents(settings)]
    others = [cause for cause in causes if not cause.startswith(_CAUSE)]
    told = [
        period
        for period in missed
        if not any(period in cause for cause in others)
        and not notifications.is_dismissed(settings, _CAUSE + period)
    ]
    for period in told:
        last = calendar.deadlines[Period.parse(period)]
        notifications.report_incident(
            settings,
            _CAUSE + period,
            f"{period} 尚未发布",
            f"{period} 的报送已于 {last} 截止，至今没有发布，也没有其他告警说明原因。",
            _RUNBOOK,
        )
    return told


def _is_published_since(edition: Edition | None, incident: Incident) -> bool:
    """Tell whether the newest edition of the month that an incident is about came after its last report."""
    if edition is None:
        return False
    published_at = datetime.fromisoformat(edition.manifest()["published_at"])
    # A manifest has whole seconds.
    return published_at >= incident.events[-1].moment.replace(microsecond=0)
