"""How a run is shared out: what tests share stays on one worker, and what takes longest starts first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

TESTS = Path(__file__).parent
DURATIONS = TESTS / "durations.json"
"""Seconds that each group of tests took when they were last measured: `make test-durations` writes it."""
# The tests of these folders share something that takes long to start.
SHARED = ("tests/airflow/running",)
# What was never measured starts early: it may take long.
_UNKNOWN_SECONDS = 60.0


def group_of(nodeid: str) -> str:
    """Return the name of what runs on one worker: the test's file, or its folder where that is shared."""
    file = nodeid.split("::", 1)[0]
    return next((folder for folder in SHARED if file.startswith(f"{folder}/")), file)


def longest_first(items: list[pytest.Item]) -> None:
    """Sort the tests so that the groups that take longest come first, each in its own order."""
    known = json.loads(DURATIONS.read_text(encoding="utf-8"))
    items.sort(key=lambda item: -known.get(group_of(item.nodeid), _UNKNOWN_SECONDS))


class ByGroup(LoadScopeScheduling):
    """Gives each worker a whole group at a time, in the order of the tests."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
