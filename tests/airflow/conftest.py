"""What the tests of the DAGs share, on whichever rung they stand: the plan, its months, a DAG's file."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType

from warehouse import samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

MINIMAL = PROJECT / "tests" / "plans" / "minimal"
FIRST = Period(2023, 12)
SILENT = FIRST + 2
"""A month for which no department has sent anything: the gate only warns of it."""


def drop_samples(settings: Settings, month: Period) -> None:
    """Put samples of every month until then into the inboxes, where they have lain long enough."""
    samples.write(settings, month)
    for file in settings.inbox.rglob("*.*"):
        os.utime(file, (0, 0))


def dag_file(name: str) -> ModuleType:
    """Return a file of `dags/` as Airflow imports it: from that folder."""
    sys.path.append(str(PROJECT / "dags"))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(PROJECT / "dags"))
