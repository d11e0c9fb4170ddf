from __future__ import annotations

from pathlib import Path

import pytest

from tests.progress.district import District
from warehouse.settings import Settings


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(Settings(home=tmp_path / "home", plan=tmp_path / "plan"))


@pytest.fixture(scope="module")
def shared_district(tmp_path_factory: pytest.TempPathFactory) -> District:
    folder = tmp_path_factory.mktemp("district")
    return District(Settings(home=folder / "home", plan=folder / "plan"))
