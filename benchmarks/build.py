"""The SQL of a build beside the least that any build does; dbt beside that SQL; a late month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import homes
from benchmarks.build_by_hand import by_hand, reference
from benchmarks.measure import Figure, Limit, Measurement, Scale, measure
from warehouse import ledger, progress
from warehouse.intake.records import record_older_submissions
from warehouse.periods import Period
from warehouse.progress.models import run_dbt
from warehouse.settings import Settings

import_module("dbt.cli.main")  # the start of dbt is no part of a build's time in a process of its own
BUILD = Figure(
    "build",
    "the SQL of a build of {size:,} observations",
    "a bare de-duplication, roll-up and running total of them",
    (Limit("ratio", 5), Limit("gibibytes", 4)),
)
GROWTH = Figure("build-growth", BUILD.what, BUILD.peer)
BY_DBT = Figure(
    "build-by-dbt",
    "the build of {size:,} observations by dbt, with its data tests",
    "the same SQL by hand in DuckDB",
    (Limit("ratio", 1.5),),
)
LATE = Figure(
    "build-late-month",
    "the build of the 26th month, on {size:,} observations",
    "the build of the 3rd",
    (Limit("ratio", 1.3),),
)
FIGURES = (GROWTH, BUILD, BY_DBT, LATE)
_GROW = Path(__file__).with_name("many_observations.sql")
_LAST = Period(2025, 12)
_THIRD = Period(2024, 1)
_OBSERVATIONS_PER_AREA = 7956


def measurements(scale: Scale) -> Iterator[Measurement]:
    """Measure on a million observations, times the scale, and on the real plan's samples."""
    with homes.temporary_home() as settings:
        statements = [_statement(model) for model in _compiled(settings)]
        empty = settings.ledger_file.read_bytes()

        sql, least = partial(by_hand, settings, statements), partial(reference, settings)
        for part in (100, 10, 1):
            settings.ledger_file.write_bytes(empty)
            observations = scale.of(1_000_000 // part)
            _grow(settings, observations)
            largest = measure(GROWTH, observations, sql, least, scale, by=scale.alone)
            yield largest
        yield replace(largest, figure=BUILD.name)
        yield measure(BY_DBT, observations, partial(_build, settings), sql, scale, by=scale.alone)
    yield _late_month(scale)


def _late_month(scale: Scale) -> Measurement:
    late = _THIRD + 1 if scale.is_trial else _LAST
    with homes.temporary_home(through=late) as ours, homes.temporary_home(through=_THIRD) as theirs:
        return measure(
            LATE,
            homes.observations_in(ours),
            lambda _: progress.build(ours, late),
            lambda _: progress.build(theirs, _THIRD),
            scale,
        )


def _build(settings: Settings, _run: int) -> None:
    progress.build(settings, _LAST)


def _grow(settings: Settings, observations: int) -> None:
    given = {"areas": -(-observations // _OBSERVATIONS_PER_AREA), "observations": observations}
    with ledger.writing(settings) as connection:
        for statement in connection.extract_statements(_GROW.read_text(encoding="utf-8")):
            wanted = {name: given[name] for name in statement.named_parameters}
            connection.execute(statement, wanted or None)
        record_older_submissions(settings, connection)


def _compiled(settings: Settings) -> list[Any]:
    """Return dbt's models with their compiled SQL, each after those that it reads."""
    variables = {"period": str(_LAST), "as_of": ""}
    with ledger.sharing(settings) as attachment:
        candidate = progress.candidate_of(settings, _LAST)
        candidate.folder.mkdir(parents=True)
        outcome = run_dbt(settings, candidate, attachment, variables, ["compile"])
    nodes = [result.node for result in outcome.result]
    waiting = {node.unique_id: node for node in nodes if node.resource_type == "model"}
    ordered: list[Any] = []
    while waiting:
        ready = [key for key, node in waiting.items() if not set(node.depends_on.nodes) & waiting.keys()]
        ordered += [waiting.pop(key) for key in sorted(ready)]
    return ordered


def _statement(model: Any) -> str:
    return f"create {model.config.materialized} {model.relation_name} as {model.compiled_code}"
