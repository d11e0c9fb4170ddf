"""`make run`: the main job from beginning to end, through Airflow, on submissions that are marked as samples.

Whatever is done already is not done again: killed at any moment and started again, it ends in the same place.
"""

from __future__ import annotations

import sys
import time

import click

from deployment.embedded import running
from deployment.interruptions import orderly
from deployment.published import all_published, deliveries_wait, newest
from deployment.summary import summary
from deployment.watching import wait_for
from warehouse import home, samples
from warehouse.districts import VARIABLE, installed
from warehouse.errors import UsageError
from warehouse.logs import log_to_home
from warehouse.periods import Period
from warehouse.settings import Settings

LAST = Period(2025, 3)
MONTHS = list((LAST + -2).through(LAST))


@orderly
def main() -> None:
    """Make the home, its samples, and the editions of the newest three months; then say what there is."""
    started = time.monotonic()
    if installed() is not None:
        raise UsageError(
            f"`make run` is for one home: unset {VARIABLE}, or start every district by `make up`"
        )
    settings = Settings()
    log_to_home(settings)
    home.initialise(settings)
    files = samples.write(settings, LAST)
    click.echo(f"Samples through {LAST}: {files.written} files written now, {files.known} known already.")
    if all_published(settings, MONTHS) and not deliveries_wait(settings):
        click.echo("Nothing to do: all of it is taken in, and the newest three months are published from it.")
    else:
        _run_through_airflow(settings)
    click.echo(f"\n{summary(settings, newest(settings, MONTHS))}")
    click.echo(f"\nDone in {time.monotonic() - started:.0f} seconds.")


def _run_through_airflow(settings: Settings) -> None:
    click.echo("Airflow starts; this takes about 15 seconds.")
    with running(settings) as airflow:
        click.echo(f"Airflow runs at {airflow.url}.")
        wait_for(airflow, airflow.api.trigger("ingest_submissions"))
        # One after the other: an edition says what changed since the one before, so the order is part of it.
        for period in MONTHS:
            wait_for(airflow, airflow.api.trigger("publish_monthly", str(period)))


if __name__ == "__main__":
    sys.exit(main())
