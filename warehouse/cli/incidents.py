"""`minsheng incidents`: what is wrong now, and the end of what no good run will close."""

from __future__ import annotations

from dataclasses import asdict
from gettext import gettext as _

import click

from warehouse import notifications
from warehouse.cli.help import Commands
from warehouse.cli.options import Call, with_call, with_common_options
from warehouse.cli.wording import moment
from warehouse.errors import MinshengError, UsageError
from warehouse.notifications import Incident


@click.group(name="incidents", cls=Commands)
@with_common_options
def group() -> None:
    """List the open incidents, or close one."""


@group.command("list")
@with_call
def list_incidents(call: Call) -> None:
    """List what is wrong now, the oldest first."""
    found = notifications.open_incidents(call.settings)
    call.answer([asdict(one) for one in found], "\n".join(map(_text, found)) or _("No incident is open"))


@group.command()
@with_call
@click.argument("cause")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is over; kept, and told.")
def close(call: Call, cause: str, reason: str) -> None:
    """Close the incident of CAUSE, as `incidents list` names it."""
    if not reason.strip():
        raise UsageError(_("Closing an incident needs a reason: --reason TEXT"))
    closed = notifications.close_incident(call.settings, cause, reason.strip())
    if closed is None:
        raise MinshengError(
            _("No incident {cause!r} is open: see `minsheng incidents list`").format(cause=cause)
        )
    call.answer(closed, _("Closed: {cause}").format(cause=cause))


def _text(incident: Incident) -> str:
    newest = incident.events[-1]
    words = newest.text.replace("\n", "\n  ")
    since = moment(incident.events[0].moment)
    head = _("{cause} (open since {since}): {title}").format(
        cause=incident.cause, since=since, title=newest.title
    )
    return f"{head}\n  {words}\n  {incident.runbook}"
