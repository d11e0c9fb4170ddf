"""A home to back up: small, with a month published, and with what departments sent and were answered."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.sound import sound_district
from tests.prepared import Prepared
from warehouse.settings import PROJECT, Settings


@pytest.fixture(scope="session")
def published_home(prepared: Prepared, new_home: Callable[[Path], Path]) -> Path:
    """That home; nothing is done to it."""
    return sound_district(prepared, new_home).settings.home


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Settings:
    """A copy of it for one test to change as it likes."""
    return in_a_copy(published_home, tmp_path / "home")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    """Where there is no home yet."""
    return at(tmp_path / "elsewhere")


def in_a_copy(home: Path, folder: Path) -> Settings:
    """Copy the whole home; return the settings of the copy."""
    shutil.copytree(home, folder, symlinks=True)
    return at(folder)


def at(folder: Path) -> Settings:
    """Return the settings of a home of the minimal plan in this folder."""
    return Settings(home=folder, plan=PROJECT / "tests" / "plans" / "minimal", stable_seconds=0)
