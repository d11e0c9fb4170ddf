"""Putting recorded batches back into a ledger, as they were decided."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.intake.records import Kept, note_batch
from warehouse.settings import Settings

_REPLAY = Path(__file__).with_name("replay.sql").read_text(encoding="utf-8")


def replay(settings: Settings, connection: duckdb.DuckDBPyConnection, records: list[Kept]) -> None:
    """Insert the rows of each record; raises MinshengError where they are not what was recorded."""
    connection.begin()
    for kept in records:
        kept.require_rows()
        for table in kept.record.rows:
            connection.execute(_REPLAY.format(table=table), {"path": str(kept.rows_file(table))})
        note_batch(settings, connection, kept)
    connection.commit()
