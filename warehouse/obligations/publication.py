"""When a month may be published by the calendar, and whether that was missed, whatever ran or did not run."""

from __future__ import annotations

from datetime import date, timedelta

from warehouse import ledger, notifications
from warehouse.periods import Period
from warehouse.published import editions_of
from warehouse.settings import Settings

_CAUSE = "unpublished "
_RUNBOOK = "docs/runbook.md#a-month-is-missing"
_DEADLINES = "select period, deadline from plan.deadlines semi join plan.current_version using (plan_version)"


def publishable_from(settings: Settings, period: Period) -> date | None:
    """Return the day after the month's deadline; None where the plan asks for nothing in that month.

    The deadline is that of the calendar, days off counted: who has an extension holds up nobody.
    """
    deadline = _deadlines(settings).get(str(period))
    return deadline + timedelta(days=1) if deadline else None


def watch_publication(settings: Settings, day: date) -> str | None:
    """Open an incident for the newest month that was to be published before `day` and was not; return it.

    A month about which another incident is open (blocked, failed, waiting for a person) is told of there.
    Closes the incidents of months that have been published since.
    """
    published = {edition.period for edition in editions_of(settings)}
    causes = [incident.cause for incident in notifications.open_incidents(settings)]
    for cause in causes:
        if cause.startswith(_CAUSE) and cause.removeprefix(_CAUSE) in published:
            notifications.close_incident(settings, cause)
    closed = [
        (period, last) for period, last in _deadlines(settings).items() if last + timedelta(days=1) < day
    ]
    if not closed:
        return None
    period, last = closed[-1]
    if period in published or any(period in cause for cause in causes if not cause.startswith(_CAUSE)):
        return None
    notifications.report_incident(
        settings,
        _CAUSE + period,
        f"{period} 尚未发布",
        f"{period} 的报送已于 {last} 截止，至今没有发布，也没有其他告警说明原因。",
        _RUNBOOK,
    )
    return period


def _deadlines(settings: Settings) -> dict[str, date]:
    with ledger.reading(settings) as connection:
        return dict(sorted(connection.execute(_DEADLINES).fetchall()))
