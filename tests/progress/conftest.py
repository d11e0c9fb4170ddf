from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.progress.district import District
from warehouse.settings import Settings


@pytest.fixture
def district(tmp_path: Path, new_home: Callable[[Path], Path]) -> District:
    return District(Settings(home=new_home(tmp_path / "home"), plan=tmp_path / "plan"))


@pytest.fixture(scope="module")
def shared_district(tmp_path_factory: pytest.TempPathFactory, new_home: Callable[[Path], Path]) -> District:
    folder = tmp_path_factory.mktemp("district")
    return District(Settings(home=new_home(folder / "home"), plan=folder / "plan"))
