"""What keeps an installation well by night: a backup that is proved, and an end to what only grows."""

from __future__ import annotations

from datetime import date

from warehouse import backup
from warehouse.backup import Backup
from warehouse.retention import Retention, retain
from warehouse.settings import Settings

__all__ = ["Retention", "nightly_backup", "retain"]


def nightly_backup(settings: Settings, today: date) -> Backup | None:
    """Back the home up into the day's file, proved by restoring it; None where the day has its backup."""
    file = settings.backup_folder / f"minsheng-{today}.tar"
    if file.exists():
        return None
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    backup.remove_leftovers(file.parent)
    return backup.backup(settings, file)
