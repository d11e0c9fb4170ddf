"""Backups: the whole home in one file, proved by restoring it, and never restored over anything."""

from warehouse.backup.restore import Restored, restore
from warehouse.backup.save import Backup, backup, remove_leftovers

__all__ = ["Backup", "Restored", "backup", "remove_leftovers", "restore"]
