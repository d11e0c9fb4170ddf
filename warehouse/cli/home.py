"""`minsheng init` and `minsheng sample`: make a home, and something to try it with."""

from __future__ import annotations

from gettext import gettext as _

import click

from warehouse import home, samples
from warehouse.cli.options import Call, PeriodType, with_call, with_call_anywhere
from warehouse.cli.wording import counted
from warehouse.logs import log_to_home
from warehouse.obligations import calendar_of
from warehouse.periods import Period


@click.command("init")
@with_call_anywhere
def initialise(call: Call) -> None:
    """Make the home folder, the inboxes and the ledger, and load the plan."""
    log_to_home(call.settings)  # also where there was no home to keep a log in
    made = home.initialise(call.settings)
    call.answer(made, made_home(made))


@click.command()
@with_call
@click.option("--through", type=PeriodType(), required=True, help="The last month of sample submissions.")
def sample(call: Call, through: Period) -> None:
    """Write sample submissions, each marked as sample, from the plan's first reporting month on."""
    calendar_of(call.settings).require_planned(through)
    written = samples.write(call.settings, through)
    text = _("{files} written to {inbox}, {known} known already").format(
        files=counted("{} sample file", "{} sample files", written.written),
        inbox=call.settings.inbox,
        known=written.known,
    )
    call.answer(written, text)


def made_home(made: home.Home) -> str:
    """Return what was made of a home, as people read it."""
    return _("Home {home}: {inboxes}, plan version {version}").format(
        home=made.home,
        inboxes=counted("{} inbox", "{} inboxes", made.inboxes),
        version=made.plan_version[:12],
    )
