"""Ledger and archive vouch for each other: what was received and recorded is in the ledger."""

from __future__ import annotations

import duckdb

from warehouse.errors import MinshengError
from warehouse.intake import archive, inbox
from warehouse.settings import Settings

_BATCHES = 20
"""A ledger that lost something, since an older one was put in its place, lacks the newest."""


def require_whole(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    """Raise MinshengError where the ledger lacks files that the archive's newest records name.

    What was claimed and not let go of yet is on its way, and completed by the next intake.
    """
    arrivals = archive.newest_recorded(settings, _BATCHES)
    if not arrivals:
        return
    on_their_way = inbox.on_their_way(settings)
    held = connection.execute(
        "select organization_code, sha256 from ledger.submissions where list_contains($digests, sha256)",
        {"digests": [one.sha256 for one in arrivals]},
    ).fetchall()
    lacking = [
        one
        for one in arrivals
        if (one.organization_code, one.sha256) not in held
        and (one.organization_code, one.file_name) not in on_their_way
    ]
    if lacking:
        newest = lacking[-1]
        raise MinshengError(
            f"The ledger lacks {len(lacking)} files that the archive recorded, the newest {newest.file_name} "
            f"of {newest.organization_code}, received {newest.received_at[:16]}: "
            'rebuild it as docs/runbook.md says under "The ledger is older than its archive"'
        )
