"""dbt's own tests, beside their models: unit tests, and data tests of every layer."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.conftest import MONTH
from warehouse import ledger, progress
from warehouse.progress.models import run_dbt
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

MODELS = PROJECT / "dbt_project" / "models"


def run_tests(built: Settings, kind: str) -> dict[str, str]:
    variables = {"period": str(MONTH), "as_of": ""}
    command = ["test", "--select", f"test_type:{kind}"]
    with ledger.sharing(built) as attachment:
        outcome = run_dbt(built, progress.candidate_of(built, MONTH), attachment, variables, command)
    return {result.node.name: str(result.status) for result in outcome.result}


def declared() -> list[dict[str, Any]]:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in MODELS.rglob("*.yml")]
    return [part for file in files for part in file.get("unit_tests", [])]


def models() -> list[dict[str, Any]]:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in MODELS.rglob("*.yml")]
    return [model for file in files for model in file.get("models", [])]


def test_every_model_says_what_one_row_of_it_is_by_a_test() -> None:
    without = [model["name"] for model in models() if not model.get("data_tests")]

    assert models()
    assert without == []


def test_every_unit_test_of_the_models_passes(built: Settings) -> None:
    statuses = run_tests(built, "unit")

    assert statuses == {one["name"]: "pass" for one in declared()}


def test_every_data_test_of_every_layer_passes(built: Settings) -> None:
    statuses = run_tests(built, "data")

    assert {name: status for name, status in statuses.items() if status != "pass"} == {}
    assert any("int_figures" in name for name in statuses)
