"""Putting recorded batches back into a ledger, as they were decided."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.intake.records import Kept, note_batch
from warehouse.intake.records.record import TABLES
from warehouse.settings import Settings

_REPLAY = Path(__file__).with_name("replay.sql").read_text(encoding="utf-8")


def replay(settings: Settings, connection: duckdb.DuckDBPyConnection, records: list[Kept]) -> None:
    """Insert the rows of each record; raises MinshengError where they are not what was recorded."""
    connection.begin()
    for kept in records:
        if not kept.rows_file.exists() or durable.sha256_of(kept.rows_file) != kept.record.rows_sha256:
            raise MinshengError(
                f"The archive's {kept.rows_file.name} is missing or not what was recorded: bring it back "
                "from a backup"
            )
        for table in TABLES:
            connection.execute(_REPLAY.format(table=table), {"path": str(kept.rows_file)})
        note_batch(settings, connection, kept)
    connection.commit()
