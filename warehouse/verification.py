"""Holding ledger, archive and editions against each other: what the nightly run and `minsheng verify` do."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse import editions, ledger
from warehouse.intake import archive
from warehouse.intake.records import recorded_arrivals, require_sound
from warehouse.settings import Settings

_ALL_VALUES = "bit_xor(hash(*columns(*)))"


@dataclass(frozen=True)
class Verified:
    """What was found whole."""

    batches: int
    """Of the ledger, each with its record in the archive."""
    submissions: int
    archived_files: int
    editions: int


def verify(settings: Settings) -> Verified:
    """Check every record, row, archived file and edition; raises MinshengError with the first that fails."""
    with ledger.reading(settings) as connection:
        _read_every_table(connection)
        require_sound(settings, connection)
        ((batches,),) = connection.execute("select count(*) from ledger.batches").fetchall()
        submissions = connection.execute(
            "select submission_id, file_name, sha256 from ledger.submissions order by sequence"
        ).fetchall()
    recorded = {one.submission_id for one in recorded_arrivals(settings)}
    files = {sha256: name for identity, name, sha256 in submissions if identity in recorded}
    for sha256, file_name in files.items():
        archive.archived(settings, sha256, file_name)
    return Verified(batches, len(submissions), len(files), len(editions.verify(settings).editions))


def _read_every_table(connection: duckdb.DuckDBPyConnection) -> None:
    """Read each value of the ledger once: DuckDB checks a block of its file when it is read."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() "
        "where database_name = current_database() and not internal order by all"
    ).fetchall()
    for schema, table in tables:
        connection.table(f'"{schema}"."{table}"').aggregate(_ALL_VALUES).fetchall()
