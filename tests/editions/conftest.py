"""Homes with the minimal plan, whose editions are small: for tests to which the real plan does not matter."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import MONTH
from tests.prepared import Prepared
from warehouse import editions, gate, home, intake, progress, samples
from warehouse.settings import PROJECT, Settings


@pytest.fixture(scope="session")
def small_home(prepared: Prepared, new_home: Callable[[Path], Path]) -> Path:
    """A home with the minimal plan and a checked month."""

    def make(folder: Path) -> None:
        settings = _settings(new_home(folder))
        home.initialise(settings)
        samples.write(settings, MONTH)
        intake.take_in(settings)
        progress.build(settings, MONTH)
        gate.check(settings, MONTH)

    return prepared.folder("small", make)


@pytest.fixture(scope="session")
def small_published(prepared: Prepared, small_home: Path) -> Path:
    """A copy of that home with the month published."""

    def make(folder: Path) -> None:
        editions.publish(in_a_small_copy(small_home, folder), MONTH)

    return prepared.folder("small-published", make)


@pytest.fixture
def small(small_home: Path, tmp_path: Path) -> Settings:
    """The settings of a copy of the small home, for one test to change as it likes."""
    return in_a_small_copy(small_home, tmp_path / "home")


@pytest.fixture
def small_with_edition(small_published: Path, tmp_path: Path) -> Settings:
    """The settings of a copy of the small home with an edition, for one test to change as it likes."""
    return in_a_small_copy(small_published, tmp_path / "home")


def in_a_small_copy(home: Path, folder: Path) -> Settings:
    """Copy what publishing needs of a home, and nothing for building; return the settings of the copy."""
    left_out = shutil.ignore_patterns("inbox", "outbox", "dbt", "workings.duckdb")
    shutil.copytree(home, folder, ignore=left_out, symlinks=True, dirs_exist_ok=True)
    return _settings(folder)


def published_copy(settings: Settings, folder: Path) -> Settings:
    """Copy what verification reads of a home, and nothing else; return the settings of the copy."""
    for place in ("editions", "public", "archive/publications"):
        if (settings.home / place).exists():
            shutil.copytree(settings.home / place, folder / place, symlinks=True)
    return settings.model_copy(update={"home": folder})


def _settings(folder: Path) -> Settings:
    return Settings(home=folder, plan=PROJECT / "tests" / "plans" / "minimal", stable_seconds=0)
