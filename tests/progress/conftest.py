from __future__ import annotations

from pathlib import Path

import pytest

from tests.prepared import Prepared
from tests.progress.compiled import CompiledProject, compiled_project
from tests.progress.district import District
from warehouse.settings import Settings


@pytest.fixture(scope="session")
def compiled(prepared: Prepared) -> CompiledProject:
    return compiled_project(prepared)


@pytest.fixture
def district(tmp_path: Path, compiled: CompiledProject) -> District:
    return District(Settings(home=tmp_path / "home", plan=tmp_path / "plan"), compiled)


@pytest.fixture(scope="module")
def shared_district(tmp_path_factory: pytest.TempPathFactory, compiled: CompiledProject) -> District:
    folder = tmp_path_factory.mktemp("district")
    return District(Settings(home=folder / "home", plan=folder / "plan"), compiled)
