"""The build beside the same SQL run by hand, on a ledger of any size; a late month beside an early one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import homes
from benchmarks.build_by_hand import by_hand
from benchmarks.measure import Figure, Limit, Measurement, Scale, measure
from warehouse import ledger, progress
from warehouse.intake.records import record_older_submissions
from warehouse.periods import Period
from warehouse.progress.models import run_dbt
from warehouse.settings import Settings

import_module("dbt.cli.main")  # the start of dbt is no part of a build's time in a process of its own
BUILD = Figure(
    "build",
    "the build of {size:,} observations by dbt, with its data tests",
    "the same SQL by hand in DuckDB",
    (Limit("ratio", 1.5),),
)
GROWTH = Figure("build-growth", "the build of {size:,} observations", BUILD.peer)
LATE = Figure(
    "build-late-month",
    "the build of the 26th month, on {size:,} observations",
    "the build of the 3rd",
    (Limit("ratio", 1.3),),
)
FIGURES = (BUILD, GROWTH, LATE)
_GROW = Path(__file__).with_name("many_observations.sql")
_LAST = Period(2025, 12)
_THIRD = Period(2024, 1)
_OBSERVATIONS_PER_AREA = 7956


def measurements(scale: Scale) -> Iterator[Measurement]:
    """Measure on a million observations, times the scale, and on the real plan's samples."""
    with homes.temporary_home() as settings:
        statements = [_statement(model) for model in _compiled(settings)]
        empty = settings.ledger_file.read_bytes()

        def beside_sql(figure: Figure, observations: int) -> Measurement:
            settings.ledger_file.write_bytes(empty)
            _grow(settings, observations)
            ours, theirs = partial(_build, settings), partial(by_hand, settings, statements)
            return measure(figure, observations, ours, theirs, scale, by=scale.alone)

        for part in (100, 10):
            yield beside_sql(GROWTH, scale.of(1_000_000 // part))
        largest = beside_sql(BUILD, scale.of(1_000_000))
    yield replace(largest, figure=GROWTH.name)
    yield largest
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
