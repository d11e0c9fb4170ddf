"""Making the ledger again from the archive alone: the same files, in the same order, judged by the same plan.

The archive's records say what came when and which plan was in force; the rules are this code. So the new
ledger holds the same submissions, observations, refusals and warnings, row for row.
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


def rebuild(settings: Settings, into: Path) -> Rebuilt:
    """Make the ledger again under the new home folder `into`; the one in use gives its plans and decisions.

    It is made beside and put there whole, so that a rebuild that was killed can be run again. Raises
    MinshengError where `into` has a ledger already, where the archive lacks a file that it recorded or has
    other bytes of it, and where a plan is missing.
    """
    there = settings.model_copy(update={"home": into, "ledger": ""})
    if there.ledger_file.exists():
        raise MinshengError(f"There is a ledger in {into} already: name a folder that does not exist yet")
    beside = into.with_name(f".{into.name}.rebuilding")
    with alone(into):
        durable.remove(beside)  # what a killed rebuild left
        beside.mkdir(parents=True, mode=0o700)
        try:
            submissions = _rebuilt(settings, settings.model_copy(update={"home": beside, "ledger": ""}))
            durable.sync_all()
            into.mkdir(parents=True, exist_ok=True)
            (beside / there.ledger_file.name).rename(there.ledger_file)
            durable.sync(into)
        finally:
            durable.remove(beside)
    return Rebuilt(str(there.ledger_file), submissions)


def _rebuilt(settings: Settings, fresh: Settings) -> int:
    arrivals = archive.recorded(settings)
    with ledger.writing(settings) as old, ledger.writing(fresh) as new, Workbooks() as workbooks:
        _copy_what_no_file_says(old, new)
        _add_decisions(settings, new)
        keep_rulings(new, recorded_rulings(settings))
        _assert_known(new, {one.plan_version: one.file_name for one in arrivals})
        new.execute("create temp table versions_to_come as from plan.versions; delete from plan.versions")
        for _, batch in groupby(arrivals, key=lambda one: one.batch):
            together = list(batch)
            _put_in_force(new, together[0].plan_version)
            deliveries = [_delivery(settings, one) for one in together]
            append(new, together, stage(new, workbooks, together, deliveries))
        new.execute(
            "insert into plan.versions from versions_to_come anti join plan.versions using (plan_version)"
        )
    return len(arrivals)


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
    path = settings.archive / arrival.sha256
    if not path.exists():
        raise MinshengError(
            f"The archive lacks {arrival.sha256}, received as {arrival.file_name}: restore a backup"
        )
    if durable.sha256_of(path) != arrival.sha256:
        raise MinshengError(
            f"The archive's {arrival.sha256}, received as {arrival.file_name}, no longer has the bytes that "
            "were received: bring it back from a backup"
        )
    received_at = datetime.fromisoformat(arrival.received_at)
    claim = Claim(path, arrival.organization_code, arrival.file_name, received_at)
    return Delivery(claim, path, arrival.sha256, arrival.size_bytes)
