"""Holding the ledger's rows against the records of its batches, each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.intake.records.record import TABLES, Kept, archive_id, batch_files, read_record
from warehouse.intake.tables import load_identities
from warehouse.settings import Settings

_COLUMNS = Path(__file__).with_name("columns.sql").read_text(encoding="utf-8")
_DIFFERING = Path(__file__).with_name("differing.sql").read_text(encoding="utf-8")
_HELD = """
    select batch, record_sha256
    from ledger.batches
    where archive = $archive
    order by last_sequence
"""
CHAPTER = 'docs/runbook.md says under "The ledger and its archive differ"'


def require_unaltered(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    """Raise MinshengError where a row of the ledger, or a record of the archive, is not what was recorded.

    Every record must be the one that the ledger was written with, name the one before it, and have its rows
    beside it; every row of a recorded submission must be in both.
    """
    records = _chain(settings, connection)
    if not records:
        return
    identities = [one.submission_id for kept in records for one in kept.record.arrivals]
    load_identities(connection, "recorded_submissions", identities)
    files = [str(kept.rows_file) for kept in records]
    for table in TABLES:
        _compare(connection, table, files)


def _chain(settings: Settings, connection: duckdb.DuckDBPyConnection) -> list[Kept]:
    """Return the records of all batches that the ledger holds, each proved by the next."""
    batches = connection.execute("select count(*) from ledger.batches").fetchall()
    if batches == [(0,)]:
        return []
    paths = batch_files(settings)
    records, previous = [], ""
    for batch, sha256 in connection.execute(_HELD, {"archive": archive_id(settings)}).fetchall():
        if batch not in paths:
            raise MinshengError(
                f"The archive lacks the record {batch}.json, which the ledger was written with: bring it "
                "back from "
                f"a backup as {CHAPTER}"
            )
        kept = read_record(paths[batch])
        if (kept.sha256, kept.record.previous) != (sha256, previous):
            raise MinshengError(
                f"The archive's record {batch}.json is not the one that the ledger was written with: "
                "bring it back "
                f"from a backup as {CHAPTER}"
            )
        if not kept.rows_file.exists() or durable.sha256_of(kept.rows_file) != kept.record.rows_sha256:
            raise MinshengError(
                f"The archive's {kept.rows_file.name} is missing or not what was recorded: bring it back "
                "from a "
                f"backup as {CHAPTER}"
            )
        records.append(kept)
        previous = sha256
    return records


def _compare(connection: duckdb.DuckDBPyConnection, table: str, files: list[str]) -> None:
    columns = _columns(connection, table, files[0])
    found = connection.execute(
        _DIFFERING.format(table=table, columns=", ".join(columns)), {"files": files}
    ).fetchone()
    if found is None:
        return
    rows, side, *values = found
    row = dict(zip(columns, values, strict=True))
    what = "lacks" if side == "recorded" else "holds, and was not written with,"
    raise MinshengError(
        f"The ledger {what} a row of {table}: {_place(connection, row)}; {rows} rows differ from the "
        "archive's "
        f"records: make the ledger again as {CHAPTER}"
    )


def _columns(connection: duckdb.DuckDBPyConnection, table: str, file: str) -> list[str]:
    """Return the columns that the table had when its rows were recorded."""
    found = connection.execute(_COLUMNS.format(table=table), {"path": file}).fetchall()
    return [name for name, *_ in found]


def _place(connection: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> str:
    """Say which row of which file it is, and what it says."""
    names = connection.execute(
        "select file_name from ledger.submissions where submission_id = $submission_id",
        {"submission_id": row["submission_id"]},
    ).fetchone()
    parts = [names[0] if names else row["submission_id"], row.get("sheet"), f"row {row.get('row_number')}"]
    figures = [row.get("indicator_code"), row.get("area_code"), row.get("period"), row.get("value")]
    return " ".join(str(part) for part in [*parts, *figures] if part not in (None, "", "row None"))
