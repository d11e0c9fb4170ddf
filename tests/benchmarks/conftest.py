"""Every bench, run once: its tests ask only what it says, never how long it took."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from benchmarks import homes
from benchmarks.measure import Measurement, Scale
from benchmarks.registry import measurements_of
from tests.benchmarks.made_homes import MadeHomes
from tests.processes import processes


@pytest.fixture(scope="session")
def made_homes(new_home: Callable[[Path], Path], built_home: Path, checked_home: Path) -> MadeHomes:
    return MadeHomes(new_home, built_home, checked_home)


@pytest.fixture(scope="session")
def measured(made_homes: MadeHomes) -> Callable[[str, Scale], list[Measurement]]:
    """What a bench gives, by its name and scale; a trial begins with homes that are made already."""

    @cache
    def run(subject: str, scale: Scale) -> list[Measurement]:
        with pytest.MonkeyPatch.context() as patch:
            if scale.is_trial:
                processes()
                patch.setattr(homes, "temporary_home", made_homes.temporary_home)
            return list(measurements_of(subject, scale))

    return run
