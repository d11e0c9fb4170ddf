"""dbt's own tests, beside their models: unit tests, and data tests of every layer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from tests.conftest import MONTH
from warehouse import progress
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

MODELS = PROJECT / "dbt_project" / "models"


@pytest.fixture
def build_files(built: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A built month whose three databases dbt finds, and lets go of afterwards."""
    candidate = progress.candidate_of(built, MONTH)
    monkeypatch.setenv("MINSHENG_LEDGER_PATH", str(built.ledger_file))
    monkeypatch.setenv("MINSHENG_WORKINGS_FILE", str(candidate.workings))
    monkeypatch.setenv("MINSHENG_CANDIDATE_FILE", str(candidate.marts))
    yield built
    DuckDBConnectionManager.close_all_connections()


def run_tests(built: Settings, tmp_path: Path, kind: str) -> dict[str, str]:
    project = str(PROJECT / "dbt_project")
    arguments = ["test", "--select", f"test_type:{kind}", "--vars", f"period: '{MONTH}'"]
    arguments += ["--project-dir", project, "--profiles-dir", project, "--log-level", "none"]
    arguments += ["--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")]
    outcome: Any = dbtRunner().invoke(arguments)
    assert outcome.result is not None, outcome.exception
    return {result.node.name: str(result.status) for result in outcome.result}


def declared() -> list[dict[str, Any]]:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in MODELS.rglob("*.yml")]
    return [part for file in files for part in file.get("unit_tests", [])]


def test_every_unit_test_of_the_models_passes(build_files: Settings, tmp_path: Path) -> None:
    statuses = run_tests(build_files, tmp_path, "unit")

    assert statuses == {one["name"]: "pass" for one in declared()}


def test_every_data_test_of_every_layer_passes(build_files: Settings, tmp_path: Path) -> None:
    statuses = run_tests(build_files, tmp_path, "data")

    assert {name: status for name, status in statuses.items() if status != "pass"} == {}
    assert any("int_figures" in name for name in statuses)
