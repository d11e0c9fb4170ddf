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
    RowsFile,
    archive_id,
    read_record,
    record_path,
    rows_path,
)
from warehouse.ledger.attachment import quoted
from warehouse.settings import Settings
from warehouse.version import release

_ROWS = Path(__file__).with_name("rows.sql").read_text(encoding="utf-8")
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
    """Write down a judged batch, let its views `new_…` read what was written, and note it in the ledger.

    So the ledger gets the very rows that were recorded. The record is durable when this returns. The same
    batch, begun again, gives the same record.
    """
    kept = _record(settings, connection, arrivals[0].batch, arrivals, "new_{table}")
    for table in kept.record.rows:
        file = quoted(str(kept.rows_file(table)))
        connection.execute(f"create or replace temp view new_{table} as from read_parquet({file})")
    note_batch(settings, connection, kept)


def record_older_submissions(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    """Write one record of all that the ledger holds from before batches had records; nothing afterwards."""
    submissions = connection.execute(_OLDER_SUBMISSIONS).fetchall()
    if submissions:
        recorded = {one.submission_id: one for one in archive.recorded_before_batches(settings)}
        arrivals = [recorded.get(values[0]) or Arrival(*values) for values in submissions]
        kept = _record(settings, connection, _OLDER, arrivals, "ledger.{table}")
        note_batch(settings, connection, kept)


def note_batch(settings: Settings, connection: duckdb.DuckDBPyConnection, kept: Kept) -> None:
    """Note a batch's record in the ledger."""
    arrivals = kept.record.arrivals
    first, last = arrivals[0].sequence, arrivals[-1].sequence
    connection.execute(
        "insert into ledger.batches values ($1, $2, $3, $4, $5, $6)",
        [archive_id(settings), kept.record.batch, first, last, len(arrivals), kept.sha256],
    )


def _record(
    settings: Settings,
    connection: duckdb.DuckDBPyConnection,
    batch: str,
    arrivals: list[Arrival],
    source: str,
) -> Kept:
    """Write the record of a batch whose rows are in the relations `source`, and return it."""
    last = connection.execute(_LAST, {"archive": archive_id(settings)}).fetchone()
    path = record_path(settings, batch)
    path.parent.mkdir(exist_ok=True)
    written = {
        table: _write_rows(connection, table, source.format(table=table), rows_path(path, table))
        for table in TABLES
    }
    record = BatchRecord(
        format=FORMAT,
        batch=batch,
        previous=last[0] if last else "",
        program=release(),
        arrivals=arrivals,
        rows={table: one for table, one in written.items() if one},
    )
    durable.write(path, record.content())
    durable.sync_all()
    return read_record(path)


def _write_rows(
    connection: duckdb.DuckDBPyConnection, table: str, source: str, path: Path
) -> RowsFile | None:
    """Write the rows of a table in the relation `source`; no file where there are none."""
    columns = connection.execute(f"describe ledger.{table}").fetchall()
    typed = ", ".join(f"cast({name} as {type_}) as {name}" for name, type_, *_ in columns)
    beside = path.with_name(f".{path.name}.tmp")
    query = _ROWS.format(columns=typed, source=source, path=quoted(str(beside)))
    ((rows,),) = connection.execute(query).fetchall()
    if not rows:
        beside.unlink()
        return None
    beside.replace(path)
    return RowsFile(rows, durable.sha256_of(path))
