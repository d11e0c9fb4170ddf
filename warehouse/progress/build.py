"""Building a month: what was known on a day, computed into the candidate's marts."""

from __future__ import annotations

import getpass
import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from warehouse import durable, ledger
from warehouse.intake.records import require_sound
from warehouse.ledger import STORAGE_VERSION
from warehouse.logs import about, logger
from warehouse.periods import Period
from warehouse.progress.candidate import (
    BUILD_FILE,
    FORMAT,
    SOURCES_FILE,
    Candidate,
    building,
    columns_of,
)
from warehouse.progress.models import Model, run_models
from warehouse.progress.plan_in_force import plan_in_force
from warehouse.settings import Settings
from warehouse.version import code_version

_LEDGER = "warehouse"
"""The ledger's name in the dbt project."""
_DIGEST = Path(__file__).with_name("digest.sql")


@dataclass(frozen=True)
class BuildReport:
    """What was built, from what, by what."""

    period: str
    as_of: str | None
    plan_version: str
    code_version: str
    marts_sha256: str
    is_sample: bool
    freshness: dict[str, str | None]
    """The mart of that name: how fresh and how whole the month is."""
    built_by: str
    submissions: list[str]
    models: list[Model]
    format: int = FORMAT
    """Of the candidate; the steps after the build refuse any other."""


def build(
    settings: Settings, period: Period, as_of: date | None = None, *, plan_of_now: bool = False
) -> BuildReport:
    """Build the month's candidate from what was known by the end of `as_of`, or from all that is known.

    `plan_in_force` says by which version of the plan; `plan_of_now` takes the newest. The same ledger, plan
    and code give the same `marts_sha256`. Raises MinshengError where there is no plan, or when a model
    fails; the candidate that was there before then stays.
    """
    with (
        about(period=str(period)),
        building(settings, period) as candidate,
        ledger.sharing(settings) as attachment,
    ):
        with ledger.reading_held(settings, attachment) as connection:
            require_sound(settings, connection)
            sources = columns_of(connection, _LEDGER)
        durable.write(candidate.folder / SOURCES_FILE, json.dumps(sources).encode())
        _prepare(candidate)
        plan = plan_in_force(settings, attachment, period, as_of, of_now=plan_of_now)
        variables = {"period": str(period), "as_of": as_of.isoformat() if as_of else "", **asdict(plan)}
        models = run_models(settings, candidate, attachment, variables)
        report = _report(candidate, period, as_of, plan.plan_version, models)
        durable.write(
            candidate.folder / BUILD_FILE,
            json.dumps(asdict(report), ensure_ascii=False, indent=2, sort_keys=True).encode(),
        )
        logger(__name__).info("built", marts_sha256=report.marts_sha256, models=len(models))
    return report


def _prepare(candidate: Candidate) -> None:
    """Make the candidate's databases with the storage version that readers are promised."""
    for path in (candidate.marts, candidate.workings):
        duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION}).close()


def _report(
    candidate: Candidate, period: Period, as_of: date | None, plan_version: str, models: list[Model]
) -> BuildReport:
    with duckdb.connect(str(candidate.workings), read_only=True) as workings:
        feeding = workings.execute(
            "select submission_id, is_sample from staging.stg_submissions order by sequence"
        ).fetchall()
    with duckdb.connect(str(candidate.marts), read_only=True) as marts:
        rows = _rows_by_table(marts)
        digest = _logical_digest(marts, sorted(rows))
        freshness = _freshness(marts)
    return BuildReport(
        period=str(period),
        as_of=as_of.isoformat() if as_of else None,
        plan_version=plan_version,
        code_version=code_version(),
        marts_sha256=digest,
        is_sample=any(is_sample for _, is_sample in feeding),
        freshness=freshness,
        built_by=getpass.getuser(),
        submissions=[submission_id for submission_id, _ in feeding],
        models=[
            replace(model, rows=rows.get(model.name)) if model.layer == "marts" else model for model in models
        ],
    )


def _rows_by_table(marts: duckdb.DuckDBPyConnection) -> dict[str, int]:
    tables = marts.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
    return {name: marts.table(f'marts."{name}"').shape[0] for (name,) in tables}


def _freshness(marts: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    result = marts.execute("select known_through, coverage_pct, next_deadline from marts.freshness")
    names = [column[0] for column in result.description]
    (row,) = result.fetchall()
    return {name: None if value is None else str(value) for name, value in zip(names, row, strict=True)}


def _logical_digest(marts: duckdb.DuckDBPyConnection, tables: list[str]) -> str:
    """Return the SHA-256 over all rows of all tables: equal figures, whatever the file's bytes."""
    digest = hashlib.sha256()
    query = _DIGEST.read_text(encoding="utf-8")
    for table in tables:
        ((found,),) = marts.table(f'marts."{table}"').query("rows_of", query).fetchall()
        digest.update(f"{table}:{found};".encode())
    return digest.hexdigest()
