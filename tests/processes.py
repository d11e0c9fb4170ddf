"""Processes that are there at once: forked from one server, which has loaded what commands need."""

from __future__ import annotations

import multiprocessing
from typing import Any

# A process has one such server, and who starts the first process starts it: all have to ask for the same.
_LOADED = (
    "warehouse.cli.entry",
    "warehouse.cli.main",
    "dbt.cli.main",
    "dbt.task.build",
    "dbt.adapters.duckdb",
    "great_expectations",
    "duckdb_engine",
    "pandas",
    "pyarrow.dataset",
    "vl_convert",
)


def processes() -> Any:
    """Return what starts them: `processes().Process(target=…)`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    return context
