"""Making the ledger again from the archive alone: every batch as it was recorded, in the same order.

The records keep what was decided, so that newer rules never change what was accepted. What came before
batches were recorded is judged again, by the plan of its day and by the rules of this release.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import duckdb

from warehouse import durable, ledger
from warehouse.alone import alone
from warehouse.errors import MinshengError
from warehouse.intake import archive
from warehouse.intake.appending import append, stage
from warehouse.intake.archive import Arrival
from warehouse.intake.deliveries import Claim, Delivery
from warehouse.intake.readers import Workbooks
from warehouse.intake.rebuilding.replay import replay
from warehouse.intake.rebuilding.verdicts import Differing, differing
from warehouse.intake.records import recorded_arrivals, recorded_batches
from warehouse.rulings.record import keep as keep_rulings
from warehouse.rulings.record import recorded as recorded_rulings
from warehouse.settings import Settings

_NOT_FROM_FILES = """
    select schema_name, table_name
    from duckdb_tables()
    where schema_name = 'plan' or table_name in ('decisions', 'rulings')
"""
_DECISION = (
    "insert into ledger.decisions from (values ($1, $2, $3, $4, $5, $6, $7, $8)) as recorded (decision_id) "
    "anti join ledger.decisions using (decision_id)"
)


@dataclass(frozen=True)
class Rebuilt:
    """A ledger made again beside the one in use."""

    ledger_file: str
    submissions: int
    differs_from_ledger_in_use: list[Differing]
    """Rows that differ in the ledger in use."""
    differs_from_rules_of_today: list[Differing]
    """Rows that this release would judge otherwise; the rebuilt ledger keeps what was decided."""


def rebuild(settings: Settings, into: Path) -> Rebuilt:
    """Make the ledger again under the new home folder `into`; the one in use gives its plans and decisions.

    It is made beside and put there whole, so that a rebuild that was killed can be run again. Raises
    MinshengError where `into` has a ledger already, where the archive lacks a file that it recorded or has
    other bytes of it, where a record is damaged, and where a plan is missing.
    """
    there = settings.model_copy(update={"home": into, "ledger": ""})
    if there.ledger_file.exists():
        raise MinshengError(f"There is a ledger in {into} already: name a folder that does not exist yet")
    beside = into.with_name(f".{into.name}.rebuilding")
    with alone(into):
        durable.remove(beside)  # what a killed rebuild left
        beside.mkdir(parents=True, mode=0o700)
        try:
            submissions, from_use, from_today = _rebuilt(settings, beside)
            durable.sync_all()
            into.mkdir(parents=True, exist_ok=True)
            (beside / there.ledger_file.name).rename(there.ledger_file)
            durable.sync(into)
        finally:
            durable.remove(beside)
    return Rebuilt(str(there.ledger_file), submissions, from_use, from_today)


def _rebuilt(settings: Settings, beside: Path) -> tuple[int, list[Differing], list[Differing]]:
    """Make the ledger as recorded, and a second one as judged today; return how the first differs."""
    fresh = settings.model_copy(update={"home": beside, "ledger": ""})
    scratch = settings.model_copy(update={"home": beside / "judged-today", "ledger": ""})
    records = recorded_batches(settings)
    arrivals = recorded_arrivals(settings)
    replayed = {one.submission_id for kept in records for one in kept.record.arrivals}
    older = [one for one in arrivals if one.submission_id not in replayed]
    with (
        ledger.writing(settings) as old,
        ledger.upgrading(fresh) as new,
        ledger.upgrading(scratch) as today,
    ):
        for made in (new, today):
            _copy_what_no_file_says(old, made)
            _add_decisions(settings, made)
            keep_rulings(made, recorded_rulings(settings))
        _assert_known(new, {one.plan_version: one.file_name for one in arrivals})
        replay(settings, new, records)
        _judge(settings, new, older)
        _judge(settings, today, arrivals)
        return len(arrivals), differing(new, old), differing(new, today)


def _judge(settings: Settings, new: duckdb.DuckDBPyConnection, arrivals: list[Arrival]) -> None:
    """Read and judge files as they arrived, each batch by the plan of its day."""
    if not arrivals:
        return
    with Workbooks() as workbooks:
        new.execute("create temp table versions_to_come as from plan.versions; delete from plan.versions")
        for _, batch in groupby(arrivals, key=lambda one: one.batch):
            together = list(batch)
            _put_in_force(new, together[0].plan_version)
            deliveries = [_delivery(settings, one) for one in together]
            append(new, together, stage(new, workbooks, together, deliveries))
        new.execute(
            "insert into plan.versions from versions_to_come anti join plan.versions using (plan_version)"
        )


def _copy_what_no_file_says(old: duckdb.DuckDBPyConnection, new: duckdb.DuckDBPyConnection) -> None:
    for schema, table in old.execute(_NOT_FROM_FILES).fetchall():
        new.register("rows_given", old.execute(f"from {schema}.{table}").to_arrow_table())
        new.execute(f"insert into {schema}.{table} by name from rows_given")
        new.unregister("rows_given")


def _add_decisions(settings: Settings, new: duckdb.DuckDBPyConnection) -> None:
    """Add the approvals that the archive recorded and an older ledger does not know."""
    for path in sorted((settings.archive / "decisions").glob("*.json")):
        for decision in json.loads(path.read_text(encoding="utf-8")):
            new.execute(_DECISION, decision)


def _assert_known(new: duckdb.DuckDBPyConnection, wanted: dict[str, str]) -> None:
    """Raise MinshengError where a file was judged by a plan that the ledger in use does not have."""
    known = {version for (version,) in new.execute("select plan_version from plan.versions").fetchall()}
    for plan_version, file_name in wanted.items():
        if plan_version not in known:
            raise MinshengError(
                f"{file_name} was judged by the plan {plan_version[:12]}, which the ledger in use does not "
                "have: load that plan with `minsheng init --plan DIR` first"
            )


def _put_in_force(connection: duckdb.DuckDBPyConnection, plan_version: str) -> None:
    """Let the plan be the version that judged the batch, which came into force before any later one."""
    connection.execute(
        "insert into plan.versions from versions_to_come anti join plan.versions using (plan_version) "
        "where plan_version = $plan_version",
        {"plan_version": plan_version},
    )


def _delivery(settings: Settings, arrival: Arrival) -> Delivery:
    path = archive.archived(settings, arrival.sha256, arrival.file_name)
    received_at = datetime.fromisoformat(arrival.received_at)
    claim = Claim(path, arrival.organization_code, arrival.file_name, received_at)
    return Delivery(claim, path, arrival.sha256, arrival.size_bytes)
