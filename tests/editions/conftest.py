"""A home whose editions are small."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import MONTH
from warehouse import gate, home, intake, progress, samples
from warehouse.settings import PROJECT, Settings


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, new_home: Callable[[Path], Path]) -> Settings:
    """The settings of a home with the minimal plan and a checked month, for what publishes it many times."""
    folder = new_home(tmp_path_factory.mktemp("small") / "home")
    made = Settings(home=folder, plan=PROJECT / "tests" / "plans" / "minimal", stable_seconds=0)
    home.initialise(made)
    samples.write(made, MONTH)
    intake.take_in(made)
    progress.build(made, MONTH)
    gate.check(made, MONTH)
    return made
