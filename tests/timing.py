"""What a run took: its parts, and where the next run's order comes from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workers import DURATIONS, TESTS, group_of

_KEEP = "--keep-durations"


class Timing:
    """Adds up the seconds of each test, with its fixtures; the process that shares out the tests sees all."""

    def __init__(self) -> None:
        self._seconds: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one phase of one test."""
        self._seconds[report.nodeid] += report.duration

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Say how long each part of the tests took, and keep each group's seconds where that is asked."""
        terminalreporter.section("seconds of tests by part")
        for part, seconds in self._by(_part_of).most_common():
            terminalreporter.line(f"{seconds:8.1f} s  {part}")
        terminalreporter.line(f"{sum(self._seconds.values()):8.1f} s  in all")
        if config.getoption(_KEEP):
            rounded = {group: round(seconds, 1) for group, seconds in self._by(group_of).items()}
            DURATIONS.write_text(json.dumps(rounded, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def _by(self, name_of: Callable[[str], str]) -> Counter[str]:
        added: Counter[str] = Counter()
        for nodeid, seconds in self._seconds.items():
            added[name_of(nodeid)] += seconds
        return added


def add_option(parser: pytest.Parser) -> None:
    """Add the option by which a run keeps what it measured."""
    words = f"write the seconds of each group of tests to {DURATIONS.relative_to(TESTS.parent)}"
    parser.addoption(_KEEP, action="store_true", help=words)


def _part_of(nodeid: str) -> str:
    """Return the folder of tests, or the file where it lies in none."""
    parts = Path(nodeid.split("::", 1)[0]).parts
    return parts[1] if len(parts) > 1 else parts[0]
