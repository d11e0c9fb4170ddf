"""The build beside the same SQL run by hand, on a ledger of any size; a late month beside an early one."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.measure import Measurement, measure
from warehouse import home, intake, ledger, progress, samples
from warehouse.ledger import STORAGE_VERSION
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

_GROW = Path(__file__).with_name("many_observations.sql")
_LAST = Period(2025, 12)
_OBSERVATIONS_PER_AREA = 7956


def measurements(scale: float = 1.0) -> list[Measurement]:
    """Measure on about `scale` million observations, and on the real plan's samples."""
    with temporary_home() as settings:
        areas = max(1, round(scale * 1_000_000 / _OBSERVATIONS_PER_AREA))
        _grow(settings, areas)
        progress.build(settings, _LAST)
        models = _compiled(settings)
        whole = measure(
            f"build of {areas * _OBSERVATIONS_PER_AREA:,} observations",
            "the same SQL in DuckDB",
            lambda _: progress.build(settings, _LAST),
            lambda _: _by_hand(settings, models),
            runs=3,
        )
    with temporary_home() as settings:
        samples.write(settings, _LAST)
        intake.take_in(settings)
        late = measure(
            "build of the plan's month 38",
            "of its month 3",
            lambda _: progress.build(settings, _LAST),
            lambda _: progress.build(settings, Period(2024, 1)),
        )
    return [whole, late]


@contextmanager
def temporary_home() -> Iterator[Settings]:
    """Give the settings of a fresh home with the real plan, for as long as it is measured."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), plan=PROJECT / "seeds", stable_seconds=0)
        home.initialise(settings)
        yield settings


def _grow(settings: Settings, areas: int) -> None:
    with ledger.writing(settings) as connection:
        for statement in connection.extract_statements(_GROW.read_text(encoding="utf-8")):
            given = {"areas": areas} if "areas" in statement.named_parameters else None
            connection.execute(statement, given)


def _compiled(settings: Settings) -> list[dict[str, Any]]:
    """Return what dbt made of the models, each after those that it reads."""
    manifest = json.loads((settings.home / "dbt" / "target" / "manifest.json").read_text(encoding="utf-8"))
    waiting = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    ordered: list[dict[str, Any]] = []
    while waiting:
        ready = [
            key
            for key, node in waiting.items()
            if not set(node["depends_on"]["nodes"]) & (waiting.keys() - {key})
        ]
        ordered += [waiting.pop(key) for key in sorted(ready)]
    return ordered


def _by_hand(settings: Settings, models: list[dict[str, Any]]) -> None:
    """Run the compiled SQL into files of the same kind as the build's."""
    folder = settings.home / "by_hand"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    storage = {"storage_compatibility_version": STORAGE_VERSION}
    with duckdb.connect(str(folder / "workings.duckdb"), config=storage) as connection:
        connection.execute(
            f"attach '{folder / 'minsheng.duckdb'}' as minsheng (storage_version '{STORAGE_VERSION}')"
        )
        connection.execute(f"attach '{settings.ledger_file}' as warehouse (read_only)")
        connection.execute("create schema staging; create schema intermediate; create schema minsheng.marts")
        connection.execute(f"create table staging.statuses as from '{_statuses()}'")
        for model in models:
            kind = model["config"]["materialized"]
            connection.execute(f"create {kind} {model['relation_name']} as {model['compiled_code']}")


def _statuses() -> Path:
    return PROJECT / "dbt_project" / "seeds" / "statuses.csv"
