"""Homes with their ledger in a lakehouse."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import MONTH
from tests.faults.sound import sound_district
from tests.prepared import Prepared
from tests.services.extensions import with_extensions
from warehouse import gate, progress
from warehouse.ledger.move import move
from warehouse.settings import Settings


@pytest.fixture(scope="session")
def small_home(prepared: Prepared, new_home: Callable[[Path], Path]) -> Path:
    """A home with the smallest plan, a month published, and its ledger in a file."""
    return sound_district(prepared, new_home).settings.home


@pytest.fixture(scope="session")
def checked_in_a_lake(prepared: Prepared, built_home: Path) -> Path:
    """The built home once more, its ledger moved into a lakehouse, its month built and checked from there."""

    def make(folder: Path) -> None:
        in_a_file = Settings(home=with_extensions(prepared, folder))
        shutil.copy(built_home / in_a_file.ledger_file.name, folder)
        shutil.copytree(built_home / "archive", in_a_file.archive)
        lake = in_a_lake(in_a_file)
        move(in_a_file, lake)
        in_a_file.ledger_file.unlink()
        progress.build(lake, MONTH)
        gate.check(lake, MONTH)

    return prepared.folder("checked-in-a-lake", make)


def in_a_lake(settings: Settings) -> Settings:
    """Return the same settings with the ledger in a lakehouse of the home, its catalog in a file."""
    return settings.model_copy(update={"ledger": f"ducklake:sqlite:{settings.home / 'catalog.sqlite'}"})
