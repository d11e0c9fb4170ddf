"""Keeping a lakehouse small: one file for many small ones, and an end to old versions of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from warehouse.ledger.lake import Lake
from warehouse.settings import Settings

# A build reads one version, and is over long before.
_UNREAD = timedelta(days=2)


def compact(settings: Settings, before: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Give up versions of the lakehouse from before that moment, and merge its small files.

    Returns how many versions and files went, or would go: nothing where the ledger is a file. No row is lost:
    the ledger only grows, and its newest version holds all of it. Raises LedgerBusyError, CatalogLostError.
    """
    if not settings.ledger:
        return {"versions": 0, "files": 0}
    with Lake(settings).writing() as connection:
        arguments = f"'warehouse', dry_run => {dry_run}, older_than =>"
        versions = connection.execute(
            f"from ducklake_expire_snapshots({arguments} $before::timestamptz)", {"before": before}
        ).fetchall()
        if not dry_run:
            connection.execute("call ducklake_merge_adjacent_files('warehouse')")
        files = connection.execute(
            f"from ducklake_cleanup_old_files({arguments} $unread::timestamptz)", {"unread": before + _UNREAD}
        ).fetchall()
    return {"versions": len(versions), "files": len(files)}
