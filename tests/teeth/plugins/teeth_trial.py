"""Loaded into pytest while a mutant is tried: runs the chosen tests in order, and says how they ended."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

# A test that takes ten times as long as it did hangs.
_TIMES, _AT_LEAST_SECONDS = 10, 60


def pytest_configure(config: pytest.Config) -> None:
    """Begin a trial, of the copy's own package."""
    # As while the map is made: an older checkout may not know this mark.
    config.addinivalue_line("markers", "long: needs time by its nature")
    config.pluginmanager.register(Trial(Path(os.environ["TEETH_TRIAL"])))


class Trial:
    """One run of the tests of one mutant; the file says which tests, their seconds, and the time allowed."""

    def __init__(self, path: Path) -> None:
        asked = json.loads(path.read_text(encoding="utf-8"))
        self._path = path
        self._seconds: dict[str, float] = asked["tests"]
        self._allowed: float = asked["seconds"]
        self._began = time.monotonic()
        self._passed = 0
        self._outcome = "survived"
        self._test = self._why = ""

    def pytest_sessionstart(self) -> None:
        """Refuse to run where another copy of the package would be imported."""
        import warehouse

        if not Path(warehouse.__file__).is_relative_to(Path.cwd()):
            pytest.exit(f"{warehouse.__file__} is not of {Path.cwd()}", returncode=70)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen tests, in their order, each with a time after which it hangs."""
        place = {test: number for number, test in enumerate(self._seconds)}
        items[:] = sorted(
            (item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid]
        )
        for item in items:
            limit = max(_AT_LEAST_SECONDS, _TIMES * self._seconds[item.nodeid])
            item.add_marker(pytest.mark.timeout(limit), append=False)
        if not items:
            self._outcome = "uncovered"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the test that failed, or that one more has passed."""
        if report.failed:
            self._outcome = "caught"
            self._test, self._why = report.nodeid, _told(report)
        elif report.when == "teardown":
            self._passed += 1

    def pytest_runtest_logfinish(self) -> None:
        """Stop when the time is over."""
        if self._outcome == "survived" and self._is_over() and self._passed < len(self._seconds):
            self._outcome = "unfinished"

    def pytest_runtest_logstart(self) -> None:
        """Begin no test when the time is over."""
        if self._outcome == "unfinished":
            pytest.exit("the time is over", returncode=0)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Answer; a file that could not be imported is a mutant that breaks the program."""
        stopped = exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR)
        if stopped and self._outcome in ("survived", "uncovered"):
            self._outcome = "broken"
        answer = {
            "outcome": self._outcome,
            "test": self._test,
            "why": self._why,
            "passed": self._passed,
        }
        self._path.with_suffix(".answer").write_text(json.dumps(answer), encoding="utf-8")

    def _is_over(self) -> bool:
        return time.monotonic() - self._began > self._allowed


def _told(report: pytest.TestReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    return " ".join(str(crash.message if crash else report.longrepr).split())[:200]
