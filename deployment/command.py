"""Airflow's command line for the home, beside `make up`: `python -m deployment.command backfill create …`."""

from __future__ import annotations

import os
import sys

from deployment.embedded.configuration import environment
from warehouse.settings import Settings

# Commands work on the metadata; none of them needs the address of the API.
_NO_PORT = 0


def main() -> None:
    """Become the command `airflow`, with the environment of the services of this home."""
    words = [sys.executable, "-m", "airflow", *sys.argv[1:]]
    os.execve(sys.executable, words, environment(Settings(), _NO_PORT))  # noqa: S606 - our own words


if __name__ == "__main__":
    main()
