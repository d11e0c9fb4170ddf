"""Reminding: a notice in the outbox of each who owes something, and an escalation once a deadline has passed.

What is sent follows from the ledger, the day, and what was sent before, whatever else ran or did not run. One
record for each day in `archive/notices/` makes a second call of that day send nothing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from warehouse import durable, notifications
from warehouse.clock import now
from warehouse.errors import UsageError
from warehouse.logs import logger
from warehouse.obligations import pages
from warehouse.obligations.escalation import Escalated, escalated
from warehouse.obligations.owed import Owed, owed_on
from warehouse.settings import Settings

NOTICE = "催报单.html"
# What is still overdue is escalated again after so many days; what has become overdue, the next day.
_AGAIN_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Notified:
    """What one organization was told."""

    organization_code: str
    organization_name: str
    missing: dict[str, int]
    """How many figures of each month."""
    past_due: list[str]
    """The months that are past due."""


@dataclass(frozen=True)
class Reminders:
    """What was sent for a day."""

    day: date
    notified: list[Notified]
    escalated_months: list[str]
    """The overdue months that the inspection office was told of; empty where it was not its turn."""
    sent_before: bool
    """Whether all this was sent by an earlier call, and this one sent nothing."""


def remind(settings: Settings, day: date) -> Reminders:
    """Send what is to be sent on `day`; what was sent for that day already is not sent again.

    Raises UsageError for a day that is still to come, and MinshengError where the ledger has no plan or the
    settings of the notifications are wrong.
    """
    if day > now().date():
        raise UsageError(f"{day} is still to come: remind for today or for a day that has passed")
    notifications.tell(settings)
    if (sent := _sent_on(settings, day)) is not None:
        return sent
    owed = owed_on(settings, day)
    for one in owed:
        durable.write(settings.outbox / one.organization_code / NOTICE, pages.notice(settings, one, day))
    _withdraw(settings, {one.organization_code for one in owed})
    _announce_reminder(settings, owed, day)
    months = _escalate(settings, owed, day)
    reminders = Reminders(day, [_notified(one) for one in owed], months, sent_before=False)
    _record(settings, reminders)
    logger(__name__).info("reminded", day=str(day), notified=len(owed), escalated=months)
    return reminders


def _withdraw(settings: Settings, owing: set[str]) -> None:
    """Take the notice away from those who owe nothing any more."""
    for notice in settings.outbox.glob(f"*/{NOTICE}"):
        if notice.parent.name not in owing:
            notice.unlink(missing_ok=True)


def _announce_reminder(settings: Settings, owed: list[Owed], day: date) -> None:
    """Tell the channels, in one message, who has still time."""
    waiting = [one for one in owed if one.still_in_time]
    if waiting:
        notifications.announce(settings, f"reminder {day}", pages.reminder_message(waiting, day))


def _escalate(settings: Settings, owed: list[Owed], day: date) -> list[str]:
    late = escalated(settings, owed)
    months = sorted({one.month.period for one in late})
    if not late or set(months) <= _escalated_lately(settings, day):
        return []
    _write_escalation(settings, late, day)
    notifications.announce(settings, f"escalation {day}", pages.escalation_message(late))
    return months


def _write_escalation(settings: Settings, late: list[Escalated], day: date) -> None:
    path = settings.outbox / settings.inspection_office / f"逾期督办_{day}.html"
    durable.write(path, pages.escalation(settings, late, day))


def _escalated_lately(settings: Settings, day: date) -> set[str]:
    days = (day - timedelta(days=back) for back in range(1, _AGAIN_AFTER.days))
    records = (_sent_on(settings, earlier) for earlier in days)
    return {month for record in records if record for month in record.escalated_months}


def _notified(one: Owed) -> Notified:
    return Notified(
        one.organization_code,
        one.organization_name,
        {month.period: month.missing_figures for month in one.months},
        [month.period for month in one.past_due],
    )


def _record(settings: Settings, reminders: Reminders) -> None:
    content = json.dumps(asdict(reminders), ensure_ascii=False, indent=1, default=str).encode()
    durable.write(_record_of(settings, reminders.day), content)


def _sent_on(settings: Settings, day: date) -> Reminders | None:
    path = _record_of(settings, day)
    if not path.exists():
        return None
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    notified = [Notified(**one) for one in facts["notified"]]
    return Reminders(day, notified, facts["escalated_months"], sent_before=True)


def _record_of(settings: Settings, day: date) -> Path:
    return settings.archive / "notices" / f"{day}.json"
