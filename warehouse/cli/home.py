"""`minsheng init` and `minsheng sample`: make a home, and something to try it with."""

from __future__ import annotations

import click

from warehouse import home, samples
from warehouse.cli.options import Call, PeriodType, with_call, with_call_anywhere
from warehouse.logs import log_to_home
from warehouse.periods import Period


@click.command("init")
@with_call_anywhere
def initialise(call: Call) -> None:
    """Make the home folder, the inboxes and the ledger, and load the plan."""
    log_to_home(call.settings)  # also where there was no home to keep a log in
    made = home.initialise(call.settings)
    text = f"Home {made.home}: {made.inboxes} inboxes, plan version {made.plan_version[:12]}"
    call.answer(made, text)


@click.command()
@with_call
@click.option("--through", type=PeriodType(), required=True, help="The last month of sample submissions.")
def sample(call: Call, through: Period) -> None:
    """Write sample submissions, each marked as sample, from the plan's first reporting month on."""
    written = samples.write(call.settings, through)
    call.answer(
        written,
        f"{written.written} sample files written to {call.settings.inbox}, {written.known} known already",
    )
