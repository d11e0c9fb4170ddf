"""`minsheng remind`: tell those who owe figures, and escalate what is overdue."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import click

from warehouse import obligations
from warehouse.cli.options import Call, DayType, with_call
from warehouse.cli.wording import counted
from warehouse.clock import now
from warehouse.obligations import Reminders


@click.command()
@with_call
@click.option("--date", "on", type=DayType(), help="The day (default: today).")
def remind(call: Call, on: date | None) -> None:
    """Remind those who have not reported, escalate after the deadline, report a month that is missing."""
    day = on or now().date()
    reminders = obligations.remind(call.settings, day)
    obligations.watch_publication(call.settings, day)
    call.answer(reminders, _text(reminders))


def _text(reminders: Reminders) -> str:
    head = _("{day}: {organizations} owe figures, {overdue} of them past due; {sent}").format(
        day=reminders.day,
        organizations=counted("{} organization", "{} organizations", len(reminders.notified)),
        overdue=sum(bool(one.past_due) for one in reminders.notified),
        sent=_("sent before, nothing sent now") if reminders.sent_before else _("sent"),
    )
    lines = [
        f"  {one.organization_code} {one.organization_name}: {_missing(one.missing)}"
        for one in reminders.notified
    ]
    escalated = _("escalated: {months}").format(months=", ".join(reminders.escalated_months) or _("nothing"))
    return "\n".join([head, *lines, escalated])


def _missing(missing: dict[str, int]) -> str:
    return ", ".join(
        _("{figures} of {period}").format(figures=counted("{} figure", "{} figures", count), period=period)
        for period, count in missing.items()
    )
