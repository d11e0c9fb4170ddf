"""dbt's own documentation of a built month: every model with its columns, and who reads it."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from tests.conftest import MONTH
from tests.progress.compiled import manifest
from warehouse import ledger, progress
from warehouse.progress.models import run_dbt
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

Artefact = dict[str, dict[str, Any]]


@pytest.fixture
def artefacts(built: Settings) -> tuple[Artefact, Artefact]:
    """What `dbt docs generate` writes: the manifest, and the catalog of what is in the databases."""
    candidate, variables = progress.candidate_of(built, MONTH), {"period": str(MONTH), "as_of": ""}
    with ledger.sharing(built) as attachment:
        run = partial(run_dbt, built, candidate, attachment, variables)
        run(["docs", "generate"], manifest(built, run))
    target = built.home / "dbt" / "target"
    project, catalog = (
        json.loads((target / f"{name}.json").read_text(encoding="utf-8")) for name in ("manifest", "catalog")
    )
    return project, catalog


def test_the_documentation_has_every_model_with_its_columns_and_its_readers(
    artefacts: tuple[Artefact, Artefact],
) -> None:
    project, catalog = artefacts
    models = {name: node for name, node in project["nodes"].items() if node["resource_type"] == "model"}
    read = {model for exposure in project["exposures"].values() for model in exposure["depends_on"]["nodes"]}

    assert {name for name in models if name not in catalog["nodes"]} == set()
    for name, model in models.items():
        assert model["description"]
        assert set(catalog["nodes"][name]["columns"]) == set(model["columns"]), name
    assert "model.minsheng.indicator_progress" in read
    assert read <= set(models)
