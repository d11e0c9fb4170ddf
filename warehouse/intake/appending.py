"""Appending a batch to the ledger: read beside other machines, judged and committed in one's turn."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from warehouse import durable, steps
from warehouse.errors import MinshengError
from warehouse.intake import archive
from warehouse.intake.archive import Arrival
from warehouse.intake.deliveries import Delivery
from warehouse.intake.judging import judge, prepare
from warehouse.intake.readers import Workbooks
from warehouse.intake.reading import Reading, read
from warehouse.intake.staging import RowStage
from warehouse.intake.tables import joined_as_written, load_identities
from warehouse.ledger import Preparation
from warehouse.settings import Settings

_FOLDER = Path(__file__).parent


def append_new(
    settings: Settings, preparation: Preparation, workbooks: Workbooks, deliveries: list[Delivery]
) -> None:
    """Append what the ledger does not hold yet; other machines may write until the batch has its turn.

    What was read is read again where another machine has taken in the same or a new plan came meanwhile.
    """
    connection = preparation.connection
    new, arrivals = _to_come(connection, deliveries)
    while new:
        staged, plan_version = new, arrivals[0].plan_version
        readings = stage(connection, workbooks, arrivals, staged)
        with preparation.turn():
            new, arrivals = _to_come(connection, deliveries)
            if new == staged and arrivals[0].plan_version == plan_version:
                archive.record(settings, arrivals)
                durable.sync_all()
                append(connection, arrivals, readings, new)
                return


def _to_come(
    connection: duckdb.DuckDBPyConnection, deliveries: list[Delivery]
) -> tuple[list[Delivery], list[Arrival]]:
    """Return what the ledger does not hold, and how it would arrive if nothing else came before it."""
    new = _unknown(connection, deliveries)
    return new, _arrivals(connection, new) if new else []


def _unknown(connection: duckdb.DuckDBPyConnection, deliveries: list[Delivery]) -> list[Delivery]:
    """Return the first delivery of each submission that the ledger does not hold."""
    first = {one.submission_id: one for one in reversed(deliveries)}
    load_identities(connection, "wanted", list(first))
    rows = connection.execute(
        "select submission_id from ledger.submissions semi join wanted using (submission_id)"
    ).fetchall()
    known = {identity for (identity,) in rows}
    return [one for one in deliveries if first[one.submission_id] is one and one.submission_id not in known]


def _arrivals(connection: duckdb.DuckDBPyConnection, deliveries: list[Delivery]) -> list[Arrival]:
    (last,) = _only(connection, "select coalesce(max(sequence), 0) from ledger.submissions")
    (plan_version,) = _only(connection, "select plan_version from plan.current_version")
    return [
        Arrival(
            submission_id=one.submission_id,
            sequence=sequence,
            batch=f"{deliveries[0].claim.received_at:%Y%m%dT%H%M%S.%f}-{last + 1}",
            organization_code=one.claim.organization_code,
            file_name=one.claim.file_name,
            sha256=one.sha256,
            size_bytes=one.size_bytes,
            received_at=one.claim.received_at.isoformat(" "),
            plan_version=plan_version,
        )
        for sequence, one in enumerate(deliveries, start=last + 1)
    ]


def stage(
    connection: duckdb.DuckDBPyConnection,
    workbooks: Workbooks,
    arrivals: list[Arrival],
    deliveries: list[Delivery],
) -> list[Reading]:
    """Read a batch into the tables that it is judged in; the ledger is looked at, not written."""
    prepare(connection, arrivals)
    rows = RowStage(connection)
    readings = [
        read(delivery, number, rows, workbooks)
        for number, delivery in enumerate(steps.over("read files", deliveries))
    ]
    rows.finish()
    return readings


def append(
    connection: duckdb.DuckDBPyConnection,
    arrivals: list[Arrival],
    readings: list[Reading],
    deliveries: list[Delivery],
) -> None:
    """Judge and append a staged batch in one transaction; raises unless the ledger then holds all of it."""
    judge(connection, arrivals, readings)
    with joined_as_written(connection):
        _commit(connection, len(arrivals))
    if missing := _unknown(connection, deliveries):
        raise MinshengError(
            f"The ledger does not hold {len(missing)} files after its commit: run `minsheng ingest` again"
        )


def _commit(connection: duckdb.DuckDBPyConnection, files: int) -> None:
    connection.begin()
    try:
        connection.execute((_FOLDER / "append.sql").read_text(encoding="utf-8"))
        connection.commit()
    except duckdb.Error as error:
        with suppress(duckdb.Error):
            connection.rollback()
        # Even a commit that failed may have been kept: the next run reads back what the ledger holds.
        raise MinshengError(
            f"The ledger could not take in {files} files ({str(error).splitlines()[0]}): "
            "see that the disk has room, then run `minsheng ingest` again"
        ) from error


def _only(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    return connection.execute(query).fetchall()[0]
