"""Suites that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse.gate import GateReport
from warehouse.settings import PROJECT, Settings


class Suites(Settings):
    """Settings with suites of the test's own."""

    suites: Path

    @property
    def expectations(self) -> Path:
        return self.suites


def with_own_suites(settings: Settings, folder: Path) -> Suites:
    """Return the settings with a copy of the project's suites in that folder."""
    shutil.copytree(PROJECT / "expectations", folder)
    return Suites(**settings.model_dump(), suites=folder)


def held_back_by(report: GateReport) -> dict[str, str]:
    """Return what holds the month back, by suite and expectation, and how it came out."""
    return {f"{one.suite}.{one.expectation}": one.outcome for one in report.held_back_by}
