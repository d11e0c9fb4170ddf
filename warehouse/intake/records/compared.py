"""Holding the ledger's rows against the records of its batches, each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import MinshengError
from warehouse.intake.records.record import CHAPTER, TABLES, Kept, archive_id, batch_files, read_record
from warehouse.intake.tables import load_identities
from warehouse.settings import Settings

_FOLDER = Path(__file__).parent
_COLUMNS, _DIFFERING, _UNRECORDED = (
    (_FOLDER / f"{name}.sql").read_text(encoding="utf-8") for name in ("columns", "differing", "unrecorded")
)
_HELD = "select batch, record_sha256 from ledger.batches where archive = $archive order by last_sequence"


def require_unaltered(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    """Raise MinshengError where a row of the ledger, or a record of the archive, is not what was recorded.

    Every record must be the one that the ledger was written with, name the one before it, and have its rows
    beside it; every row of a recorded submission must be in both.
    """
    records = _chain(settings, connection)
    identities = [one.submission_id for kept in records for one in kept.record.arrivals]
    load_identities(connection, "recorded_submissions", identities)
    for table in TABLES:
        files = [str(kept.rows_file(table)) for kept in records if table in kept.record.rows]
        if found := _first_differing(connection, table, files):
            raise MinshengError(_described(connection, table, found))


def held_batches(settings: Settings, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the batches of this archive that the ledger holds, in order, each with its record's SHA-256."""
    return dict(connection.execute(_HELD, {"archive": archive_id(settings)}).fetchall())


def _chain(settings: Settings, connection: duckdb.DuckDBPyConnection) -> list[Kept]:
    """Return the records of all batches that the ledger holds, each proved by the next."""
    batches = connection.execute("select count(*) from ledger.batches").fetchall()
    if batches == [(0,)]:
        return []
    paths = batch_files(settings)
    records, previous = [], ""
    for batch, sha256 in held_batches(settings, connection).items():
        if batch not in paths:
            raise MinshengError(
                f"The archive lacks the record {batch}.batch.json, which the ledger was written with: bring "
                f"it back from a backup as {CHAPTER}"
            )
        kept = read_record(paths[batch])
        if (kept.sha256, kept.record.previous) != (sha256, previous):
            raise MinshengError(
                f"The archive's record {batch}.batch.json is not the one that the ledger was written with: "
                f"bring it back from a backup as {CHAPTER}"
            )
        kept.require_rows()
        records.append(kept)
        previous = sha256
    return records


def _first_differing(
    connection: duckdb.DuckDBPyConnection, table: str, files: list[str]
) -> dict[str, Any] | None:
    """Return the first row that is not in both, with `differing_rows` and `side`: `recorded` or `held`."""
    if files:
        columns = [name for name, *_ in connection.execute(_COLUMNS, {"path": files[0]}).fetchall()]
        query = _DIFFERING.format(table=table, columns=", ".join(columns))
        found = connection.execute(query, {"files": files})
    else:
        found = connection.execute(_UNRECORDED.format(table=table))
    names = [name for name, *_ in found.description or []]
    return next((dict(zip(names, row, strict=True)) for row in found.fetchall()), None)


def _described(connection: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> str:
    """Say which row of which file differs, and what it says."""
    names = connection.execute(
        "select file_name from ledger.submissions where submission_id = $submission_id",
        {"submission_id": row["submission_id"]},
    ).fetchone()
    parts = [names[0] if names else row["submission_id"], row.get("sheet"), f"row {row.get('row_number')}"]
    figures = [row.get("indicator_code"), row.get("area_code"), row.get("period"), row.get("value")]
    place = " ".join(str(part) for part in [*parts, *figures] if part not in (None, "", "row None"))
    what = "lacks" if row["side"] == "recorded" else "holds, and was not written with,"
    return (
        f"The ledger {what} a row of {table}: {place}; {row['differing_rows']} rows differ from the "
        f"archive's records: make the ledger again as {CHAPTER}"
    )
