"""Ledger and archive vouch for each other before anything is built on either."""

from __future__ import annotations

import duckdb

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.intake import inbox
from warehouse.intake.archive import Arrival
from warehouse.intake.records.compared import held_batches, require_unaltered
from warehouse.intake.records.record import CHAPTER, Kept, archive_id_file, batch_files, read_record
from warehouse.settings import Settings

_SUBMISSIONS = """
    select
        (select count(*) from ledger.submissions),
        (select coalesce(sum(submissions), 0) from ledger.batches)
"""
_UNDER_ANOTHER_NAME = """
    select archive from ledger.batches where list_contains($digests, record_sha256) limit 1
"""


def require_whole(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    """Raise MinshengError where the ledger lacks batches that the archive recorded, or the archive records.

    Compares the names of all records and the digest of the newest. What was claimed and not let go of yet is
    on its way, and completed by the next intake.
    """
    files = batch_files(settings)
    submissions, recorded = connection.execute(_SUBMISSIONS).fetchall()[0]
    if submissions != recorded:
        raise MinshengError(
            f"The ledger holds {submissions} submissions, and {recorded} were recorded: make it again as "
            f"{CHAPTER}"
        )
    if not files and not recorded:
        return
    held = held_batches(settings, connection)
    if lost := [batch for batch in held if batch not in files]:
        raise MinshengError(
            f"The archive lacks {len(lost)} records of batches that the ledger holds, the newest "
            f"{lost[-1]}.batch.json: "
            f"bring archive/records/ back from a backup as {CHAPTER}"
        )
    if held:
        newest = list(held)[-1]
        if durable.sha256_of(files[newest]) != held[newest]:
            raise MinshengError(
                f"The archive's record {newest}.batch.json is not the one that the ledger was written with: "
                f"bring it back from a backup as {CHAPTER}"
            )
    unknown = [read_record(files[batch]) for batch in files.keys() - held.keys()]
    _require_same_archive(settings, connection, unknown)
    _require_held(settings, connection, [arrival for kept in unknown for arrival in kept.record.arrivals])


def require_sound(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    """Do as `require_whole`, and hold every record and every row against each other; raises MinshengError."""
    require_whole(settings, connection)
    require_unaltered(settings, connection)


def _require_same_archive(
    settings: Settings, connection: duckdb.DuckDBPyConnection, unknown: list[Kept]
) -> None:
    """Raise MinshengError where the ledger holds batches of this archive under another name of it."""
    digests = [kept.sha256 for kept in unknown]
    others = connection.execute(_UNDER_ANOTHER_NAME, {"digests": digests}).fetchone()
    if digests and others:
        raise MinshengError(
            f"The archive's name in {archive_id_file(settings)} was altered (the ledger knows it as "
            f"{others[0]}): bring the file back from a backup as {CHAPTER}"
        )


def _require_held(settings: Settings, connection: duckdb.DuckDBPyConnection, arrivals: list[Arrival]) -> None:
    """Raise MinshengError where the ledger lacks files that arrived and are not on their way."""
    if not arrivals:
        return
    held = connection.execute(
        "select organization_code, sha256 from ledger.submissions where list_contains($digests, sha256)",
        {"digests": [one.sha256 for one in arrivals]},
    ).fetchall()
    on_their_way = inbox.on_their_way(settings)
    lacking = [
        one
        for one in arrivals
        if (one.organization_code, one.sha256) not in held
        and (one.organization_code, one.file_name) not in on_their_way
    ]
    if lacking:
        newest = max(lacking, key=lambda one: one.sequence)
        raise MinshengError(
            f"The ledger lacks {len(lacking)} files that the archive recorded, the newest {newest.file_name} "
            f"of {newest.organization_code}, received {newest.received_at[:16]}: rebuild it as {CHAPTER}"
        )
