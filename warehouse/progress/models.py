"""Running dbt in this process: which models ran, how long each took, how many rows it made."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from warehouse.errors import MinshengError
from warehouse.progress.candidate import Candidate
from warehouse.settings import Settings

# What holds of the code holds in every month: our tests run it, and a build checks its marts.
_LEFT_OUT = (
    "resource_type:exposure",
    "test_type:unit",
    "resource_type:test,path:models/staging",
    "resource_type:test,path:models/intermediate",
)


@dataclass(frozen=True)
class Model:
    """One model, seed or data test of dbt as it ran."""

    name: str
    layer: str
    status: str
    seconds: float
    rows: int | None = None


def run_models(settings: Settings, candidate: Candidate, variables: dict[str, str]) -> list[Model]:
    """Build every model and run every data test; raises MinshengError with the first that failed."""
    outcome = run_dbt(settings, candidate, variables, ["build", "--exclude", *_LEFT_OUT])
    results = list(outcome.result)
    for result in results:
        if result.status not in ("success", "pass", "warn", "no-op"):
            raise MinshengError(f"The model {result.node.name} failed: {_one_line(result.message)}")
    _assert_whole_project_ran(outcome, results)
    return [_model(result) for result in results]


def run_dbt(settings: Settings, candidate: Candidate, variables: dict[str, str], command: list[str]) -> Any:
    """Run one dbt command on the candidate's databases and return its outcome: a result for each node.

    Raises MinshengError when dbt could not begin; a node that failed says so in its result.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    # Nobody reads dbt's manifest file, and writing it takes a seventh of a build.
    arguments = [*command, "--log-level", "none", "--no-write-json"]
    arguments += ["--vars", json.dumps(variables), *_places(settings)]
    with _environment(settings, candidate):
        try:
            outcome = dbtRunner().invoke(arguments)
        finally:
            # The adapter keeps the three databases open for the life of the process.
            DuckDBConnectionManager.close_all_connections()
    if outcome.result is None:
        raise MinshengError(f"dbt could not run: {_one_line(outcome.exception)}")
    return outcome


def _assert_whole_project_ran(outcome: Any, results: list[Any]) -> None:
    ran = {result.node.name for result in results if result.node.resource_type == "model"}
    if not {"indicator_progress", "indicator_monthly"} <= ran or not outcome.success:
        raise MinshengError(
            f"dbt ran only {len(ran)} models: the project is incomplete, restore dbt_project/"
        )


def _model(result: Any) -> Model:
    return Model(
        name=result.node.name,
        layer=str(result.node.schema) if result.node.resource_type != "test" else "test",
        status=str(result.status),
        seconds=round(float(result.execution_time), 3),
    )


def _places(settings: Settings) -> list[str]:
    scratch = settings.home / "dbt"
    places = {
        "--project-dir": settings.dbt_project,
        "--profiles-dir": settings.dbt_project,
        "--target-path": scratch / "target",
        "--log-path": scratch / "logs",
    }
    return [word for flag, path in places.items() for word in (flag, str(path))]


@contextmanager
def _environment(settings: Settings, candidate: Candidate) -> Iterator[None]:
    """Tell the dbt profile where the three databases lie, for the time of one run."""
    before = os.environ.copy()
    os.environ.update(
        MINSHENG_LEDGER_FILE=str(settings.ledger_file),
        MINSHENG_WORKINGS_FILE=str(candidate.workings),
        MINSHENG_CANDIDATE_FILE=str(candidate.marts),
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
        DBT_VERSION_CHECK="false",
    )
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _one_line(message: object) -> str:
    return " ".join(str(message).split())[:500]
