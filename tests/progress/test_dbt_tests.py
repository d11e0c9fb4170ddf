"""dbt's own tests, beside their models: unit tests, and data tests of every layer."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import MONTH, in_a_copy
from tests.progress.compiled import manifest
from warehouse import ledger, progress
from warehouse.progress.models import run_dbt
from warehouse.settings import PROJECT

pytestmark = pytest.mark.slow

MODELS = PROJECT / "dbt_project" / "models"


@pytest.fixture(scope="module")
def statuses(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """How each of dbt's tests ended, by its kind and its name."""
    built = in_a_copy(built_home, tmp_path_factory.mktemp("tested") / "home")
    candidate, variables = progress.candidate_of(built, MONTH), {"period": str(MONTH), "as_of": ""}
    with ledger.sharing(built) as attachment:
        run = partial(run_dbt, built, candidate, attachment, variables)
        outcome = run(["test"], manifest(built, run))
    found: dict[str, dict[str, str]] = {"unit_test": {}, "test": {}}
    for result in outcome.result:
        found[str(result.node.resource_type)][result.node.name] = str(result.status)
    return found


@cache
def files() -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in MODELS.rglob("*.yml")]


def described(part: str) -> list[dict[str, Any]]:
    """Return the models, or the unit tests, of all files beside the models."""
    return [one for file in files() for one in file.get(part, [])]


def test_every_model_says_what_one_row_of_it_is_by_a_test() -> None:
    without = [model["name"] for model in described("models") if not model.get("data_tests")]

    assert described("models")
    assert without == []


def test_every_unit_test_of_the_models_passes(statuses: dict[str, dict[str, str]]) -> None:
    assert statuses["unit_test"]
    assert statuses["unit_test"] == {one["name"]: "pass" for one in described("unit_tests")}


def test_every_data_test_of_every_layer_passes(statuses: dict[str, dict[str, str]]) -> None:
    assert {name: status for name, status in statuses["test"].items() if status != "pass"} == {}
    assert any("int_figures" in name for name in statuses["test"])
