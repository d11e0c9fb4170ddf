"""Running dbt in this process: which models ran, how long each took, how many rows it made."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from threading import Lock
from typing import Any

from warehouse import durable, steps
from warehouse.errors import MinshengError
from warehouse.ledger import Attachment
from warehouse.logs import logger
from warehouse.progress.candidate import COMPILED_FILE, Candidate
from warehouse.progress.project import parsed
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


def run_models(
    settings: Settings, candidate: Candidate, attachment: Attachment, variables: dict[str, Any]
) -> list[Model]:
    """Build every model and run every data test; raises MinshengError with the first that failed."""
    run = partial(run_dbt, settings, candidate, attachment, variables)
    kept = settings.home / "dbt" / f"{_target(attachment)}.manifest"
    manifest = parsed(settings.dbt_project, kept, lambda: run(["parse"]).result)
    outcome = run(["build", "--exclude", *_LEFT_OUT], manifest)
    results = list(outcome.result)
    models = [_model(result) for result in results]
    for model in models:
        logger(__name__).info("ran", **asdict(model))
    for result in results:
        if result.status not in ("success", "pass", "warn", "no-op"):
            raise MinshengError(f"The model {result.node.name} failed: {_one_line(result.message)}")
    _assert_whole_project_ran(outcome, results)
    _keep_compiled(candidate, results)
    return models


def run_dbt(
    settings: Settings,
    candidate: Candidate,
    attachment: Attachment,
    variables: dict[str, Any],
    command: list[str],
    manifest: Any = None,
) -> Any:
    """Run one dbt command on the candidate's databases and return its outcome: a result for each node.

    A `manifest` spares dbt the parsing of its project. Raises MinshengError when dbt could not begin; a node
    that failed says so in its result.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    # Nobody reads dbt's manifest file, and writing it takes a seventh of a build.
    arguments = [*command, "--log-level", "none", "--no-write-json"]
    arguments += ["--vars", json.dumps(variables), *_places(settings)]
    arguments += ["--target", _target(attachment)]
    with _environment(candidate, attachment):
        try:
            outcome = dbtRunner(manifest, callbacks=[_Telling(steps.listener())]).invoke(arguments)
        finally:
            # The adapter keeps the three databases open for the life of the process.
            DuckDBConnectionManager.close_all_connections()
    if outcome.result is None:
        raise MinshengError(f"dbt could not run: {_one_line(outcome.exception)}")
    return outcome


def _target(attachment: Attachment) -> str:
    return "candidate" if attachment.snapshot is None else "candidate_from_lake"


class _Telling:
    """Tells how many nodes of a run are done: dbt calls it from its threads, it tells one at a time."""

    def __init__(self, listener: steps.Listener) -> None:
        self._listener = listener
        self._done = self._total = 0
        self._turn = Lock()

    def __call__(self, event: Any) -> None:
        if event.info.name == "LogStartLine":
            self._total = event.data.total
        elif event.info.name == "NodeFinished":
            with self._turn:
                self._done += 1
                self._listener(steps.Step("build models", self._done, self._total))


def _assert_whole_project_ran(outcome: Any, results: list[Any]) -> None:
    ran = {result.node.name for result in results if result.node.resource_type == "model"}
    if not {"indicator_progress", "indicator_monthly"} <= ran or not outcome.success:
        raise MinshengError(
            f"dbt ran only {len(ran)} models: the project is incomplete, restore dbt_project/"
        )


def _keep_compiled(candidate: Candidate, results: list[Any]) -> None:
    """Keep the SQL of each model beside the candidate: which column came from where is read from it."""
    nodes = [result.node for result in results if result.node.resource_type == "model"]
    compiled = {f"{node.database}.{node.schema}.{node.name}": node.compiled_code for node in nodes}
    durable.write(candidate.folder / COMPILED_FILE, json.dumps(compiled, ensure_ascii=False).encode())


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
def _environment(candidate: Candidate, attachment: Attachment) -> Iterator[None]:
    """Tell the dbt profile where the three databases lie, for the time of one run."""
    before = os.environ.copy()
    os.environ.update(
        MINSHENG_LEDGER_PATH=attachment.path,
        MINSHENG_LEDGER_SNAPSHOT=str(attachment.snapshot),
        MINSHENG_EXTENSION_DIRECTORY=attachment.configuration.get("extension_directory", ""),
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
