"""`make up`: Airflow with its UI in the foreground, until Ctrl-C."""

from __future__ import annotations

import os
import sys
import time

import click

from deployment.embedded import running
from deployment.embedded.configuration import password_file
from deployment.interruptions import orderly
from deployment.keys import ROLES
from warehouse import districts, home
from warehouse.districts.homes import initialise
from warehouse.settings import Settings

_DEFAULT_PORT = 8080


@orderly
def main() -> None:
    """Run Airflow for the home until it is interrupted."""
    settings = Settings()
    home.initialise(settings)
    if listing := districts.installed():
        for fault in initialise(listing).faults:
            click.echo(f"minsheng: {fault}", err=True)
    click.echo("Airflow starts; this takes about 15 seconds.")
    with running(settings, int(os.environ.get("MINSHENG_UI_PORT", _DEFAULT_PORT))) as airflow:
        click.echo(
            f"The UI is at {airflow.url}, on this machine only. Users: {', '.join(ROLES)}. "
            f"Their passwords are in {password_file(settings)}.\n"
            "Its language follows the browser's (中文 is there too). Ctrl-C ends it."
        )
        while True:
            airflow.check()
            time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
