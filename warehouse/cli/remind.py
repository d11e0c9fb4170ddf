"""`minsheng remind`: tell those who owe figures, and escalate what is overdue."""

from __future__ import annotations

from datetime import date, datetime

import click

from warehouse import obligations
from warehouse.cli.options import Call, with_call
from warehouse.clock import now
from warehouse.obligations import Reminders


@click.command()
@with_call
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day (default: today).")
def remind(call: Call, on: datetime | None) -> None:
    """Remind those who have not reported, escalate after the deadline, report a month that is missing."""
    day: date = (on or now()).date()
    reminders = obligations.remind(call.settings, day)
    obligations.watch_publication(call.settings, day)
    call.answer(reminders, _text(reminders))


def _text(reminders: Reminders) -> str:
    sent = "sent before, nothing sent now" if reminders.sent_before else "sent"
    overdue = sum(bool(one.past_due) for one in reminders.notified)
    escalated = ", ".join(reminders.escalated_months)
    head = f"{reminders.day}: {len(reminders.notified)} organizations owe figures, {overdue} of them past due"
    lines = [
        f"{head}; {sent}",
        *(
            f"  {one.organization_code} {one.organization_name}: {_missing(one.missing)}"
            for one in reminders.notified
        ),
    ]
    return "\n".join([*lines, f"escalated: {escalated or 'nothing'}"])


def _missing(missing: dict[str, int]) -> str:
    return ", ".join(f"{count} figures of {period}" for period, count in missing.items())
