"""Appending a batch to the ledger: read beside other machines, judged and committed in one's turn."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from warehouse import ledger, steps
from warehouse.errors import MinshengError
from warehouse.intake.archive import Arrival
from warehouse.intake.deliveries import Delivery
from warehouse.intake.identity import Identity, identify, unlike
from warehouse.intake.judging import judge, prepare
from warehouse.intake.readers import Workbooks
from warehouse.intake.reading import Reading, read
from warehouse.intake.records import record_batch
from warehouse.intake.staging import RowStage
from warehouse.intake.tables import joined_as_written, load_identities
from warehouse.ledger import Preparation
from warehouse.settings import Settings

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Answered:
    """A delivery, and the submission of the ledger that it is answered by."""

    delivery: Delivery
    submission_id: str


@dataclass(frozen=True)
class _ToCome:
    """What each delivery is to the ledger; those that it does not hold, and how they would arrive."""

    identities: list[Identity]
    new: list[Delivery]
    arrivals: list[Arrival]


def append_new(
    settings: Settings, preparation: Preparation, workbooks: Workbooks, deliveries: list[Delivery]
) -> list[Answered]:
    """Append what the ledger does not hold yet, and return what each delivery is answered by.

    The same bytes sent twice are judged one after the other: what is in force may have changed in between.
    """
    return [
        answered
        for together in unlike(deliveries)
        for answered in _append_unlike(settings, preparation, workbooks, together)
    ]


def _append_unlike(
    settings: Settings, preparation: Preparation, workbooks: Workbooks, deliveries: list[Delivery]
) -> list[Answered]:
    """Append deliveries of different bytes; other machines may write until the batch has its turn.

    What was read is read again where another machine has taken in the same or a new plan came meanwhile.
    """
    connection = preparation.connection
    to_come = _to_come(connection, deliveries)
    while to_come.new:
        staged = to_come
        readings = stage(connection, workbooks, staged.arrivals, staged.new)
        with preparation.turn():
            to_come = _to_come(connection, deliveries)
            if _are_same(to_come, staged):
                append(connection, to_come.arrivals, readings, partial(record_batch, settings))
                break
    return [
        Answered(delivery, identity.submission_id)
        for delivery, identity in zip(deliveries, to_come.identities, strict=True)
    ]


def _are_same(to_come: _ToCome, staged: _ToCome) -> bool:
    return (
        to_come.identities == staged.identities
        and to_come.arrivals[0].plan_version == staged.arrivals[0].plan_version
    )


def _to_come(connection: duckdb.DuckDBPyConnection, deliveries: list[Delivery]) -> _ToCome:
    """Return what the ledger does not hold, and how it would arrive if nothing else came before it."""
    identities = identify(connection, deliveries)
    pairs = [(one, identity) for one, identity in zip(deliveries, identities, strict=True) if identity.is_new]
    new = [one for one, _ in pairs]
    return _ToCome(identities, new, _arrivals(connection, pairs) if pairs else [])


def _arrivals(connection: duckdb.DuckDBPyConnection, pairs: list[tuple[Delivery, Identity]]) -> list[Arrival]:
    (last,) = _only(connection, "select coalesce(max(sequence), 0) from ledger.submissions")
    (plan_version,) = _only(connection, "select plan_version from plan.current_version")
    return [
        Arrival(
            submission_id=identity.submission_id,
            sequence=sequence,
            batch=f"{pairs[0][0].claim.received_at:%Y%m%dT%H%M%S.%f}-{last + 1}",
            organization_code=one.claim.organization_code,
            file_name=one.claim.file_name,
            sha256=one.sha256,
            size_bytes=one.size_bytes,
            received_at=one.claim.received_at.isoformat(" "),
            plan_version=plan_version,
        )
        for sequence, (one, identity) in enumerate(pairs, start=last + 1)
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
    record: Callable[[duckdb.DuckDBPyConnection, list[Arrival]], None] | None = None,
) -> None:
    """Judge and append a staged batch in one transaction; raises unless the ledger then holds all of it.

    `record` writes the batch down in the archive before the transaction is committed.
    """
    judge(connection, arrivals, readings)
    with joined_as_written(connection):
        connection.execute((_FOLDER / "outcome.sql").read_text(encoding="utf-8"))
        _commit(connection, arrivals, record)
    load_identities(connection, "wanted", [one.submission_id for one in arrivals])
    (held,) = _only(
        connection, "select count(*) from ledger.submissions semi join wanted using (submission_id)"
    )
    if missing := len(arrivals) - held:
        raise MinshengError(
            f"The ledger does not hold {missing} files after its commit: run `minsheng ingest` again"
        )


def _commit(
    connection: duckdb.DuckDBPyConnection,
    arrivals: list[Arrival],
    record: Callable[[duckdb.DuckDBPyConnection, list[Arrival]], None] | None,
) -> None:
    connection.begin()
    try:
        ledger.note_writer(connection)
        if record:
            record(connection, arrivals)
        connection.execute((_FOLDER / "append.sql").read_text(encoding="utf-8"))
        connection.commit()
    except (duckdb.Error, OSError) as error:
        with suppress(duckdb.Error):
            connection.rollback()
        # Even a commit that failed may have been kept: the next run reads back what the ledger holds.
        is_full = os.strerror(errno.ENOSPC) in str(error)
        advice = "see that the disk has room" if is_full else "mend what it names"
        raise MinshengError(
            f"The ledger could not take in {len(arrivals)} files ({str(error).splitlines()[0]}): "
            f"{advice}, then run `minsheng ingest` again"
        ) from error


def _only(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    return connection.execute(query).fetchall()[0]
