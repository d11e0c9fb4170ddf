"""Writing the record of a batch, inside the transaction that appends it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse import durable
from warehouse.intake import archive
from warehouse.intake.archive import Arrival
from warehouse.intake.records.record import (
    FORMAT,
    TABLES,
    BatchRecord,
    Kept,
    archive_id,
    folder,
    read_record,
)
from warehouse.intake.tables import load_identities
from warehouse.settings import Settings
from warehouse.version import release

_ROWS = Path(__file__).with_name("rows.sql").read_text(encoding="utf-8")
_COUNTS = Path(__file__).with_name("counts.sql").read_text(encoding="utf-8")
_OLDER = "before-batches"
_OLDER_SUBMISSIONS = Path(__file__).with_name("older.sql").read_text(encoding="utf-8")
_LAST = """
    select record_sha256
    from ledger.batches
    where archive = $archive
    order by last_sequence desc
    limit 1
"""


def record_batch(settings: Settings, connection: duckdb.DuckDBPyConnection, arrivals: list[Arrival]) -> None:
    """Write down a batch whose rows the open transaction has appended, and note its record in the ledger.

    The record is durable when this returns. The same batch, begun again, gives the same record.
    """
    _record(settings, connection, arrivals[0].batch, arrivals)


def record_older_submissions(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    """Write one record of all that the ledger holds from before batches had records; nothing afterwards."""
    submissions = connection.execute(_OLDER_SUBMISSIONS).fetchall()
    if submissions:
        recorded = {one.submission_id: one for one in archive.recorded_before_batches(settings)}
        arrivals = [recorded.get(values[0]) or Arrival(*values) for values in submissions]
        connection.begin()
        _record(settings, connection, _OLDER, arrivals)
        connection.commit()


def _record(
    settings: Settings, connection: duckdb.DuckDBPyConnection, batch: str, arrivals: list[Arrival]
) -> None:
    last = connection.execute(_LAST, {"archive": archive_id(settings)}).fetchone()
    path = folder(settings) / f"{batch}.json"
    path.parent.mkdir(exist_ok=True)
    rows = _write_rows(connection, path.with_suffix(".parquet"), arrivals)
    record = BatchRecord(
        format=FORMAT,
        batch=batch,
        previous=last[0] if last else "",
        program=release(),
        arrivals=arrivals,
        rows=rows,
        rows_sha256=durable.sha256_of(path.with_suffix(".parquet")),
    )
    durable.write(path, record.content())
    durable.sync_all()
    note_batch(settings, connection, read_record(path))


def note_batch(settings: Settings, connection: duckdb.DuckDBPyConnection, kept: Kept) -> None:
    """Note a batch's record in the ledger."""
    arrivals = kept.record.arrivals
    first, last = arrivals[0].sequence, arrivals[-1].sequence
    connection.execute(
        "insert into ledger.batches values ($1, $2, $3, $4, $5, $6)",
        [archive_id(settings), kept.record.batch, first, last, len(arrivals), kept.sha256],
    )


def _write_rows(connection: duckdb.DuckDBPyConnection, path: Path, arrivals: list[Arrival]) -> dict[str, int]:
    load_identities(connection, "recorded_submissions", [one.submission_id for one in arrivals])
    beside = path.with_name(f".{path.name}.tmp")
    connection.execute(_ROWS.replace("$path", "'" + str(beside).replace("'", "''") + "'"))
    beside.replace(path)
    (counts,) = connection.execute(_COUNTS, {"path": str(path)}).fetchall()
    return dict(zip(TABLES, counts, strict=True))
