"""Loaded into pytest while the coverage map is made: notes which tests share which fixtures.

A fixture that several tests share runs in the first of them alone, so its lines are covered by that test
alone; yet a fault in them would show in each. What a test starts is measured under the test's name too.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

_NOTED = "TEETH_FIXTURES"
_SETTINGS = "TEETH_COVERAGE"
# Shared by nearly all, and runs nothing of the product itself.
_PLAIN = {"prepared"}


def pytest_configure(config: pytest.Config) -> None:
    """Have what the tests start measured: in a worker alone, for its own process is measured already."""
    # pytest refuses a mark in `-m` that is not registered, and an older checkout may not know this one.
    config.addinivalue_line("markers", "long: needs time by its nature")
    if _SETTINGS in os.environ and hasattr(config, "workerinput"):
        os.environ["COVERAGE_PROCESS_START"] = os.environ[_SETTINGS]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write down the shared fixtures of each test that was collected."""
    if not hasattr(session.config, "workerinput") or session.config.workerinput["workerid"] == "gw0":
        shared = {item.nodeid: _shared(item) for item in session.items}
        Path(os.environ[_NOTED]).write_text(json.dumps(shared), encoding="utf-8")


def _shared(item: pytest.Item) -> list[str]:
    """Return the tests' own fixtures that a test does not have to itself, unless every test has them."""
    info = item._fixtureinfo
    known = set(item.session._fixturemanager._getautousenames(item)) | _PLAIN
    return sorted(
        f"{one.baseid}:{name}"
        for name, definitions in info.name2fixturedefs.items()
        for one in definitions[-1:]
        if one.scope != "function" and one.baseid and name not in known
    )
