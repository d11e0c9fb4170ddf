"""The backups: that there is a new one, on another disk, with room for the next."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from warehouse.doctor.registry import Installation, NotApplicable, check, warning

_OLD_SECONDS = 2 * 24 * 3600


@warning("see that `maintain_warehouse` runs, or run `minsheng backup FILE` by hand")
def backup_missing(installation: Installation) -> str | None:
    """There is a backup."""
    if not installation.settings.home.is_dir():
        raise NotApplicable("there is no home")
    folder = installation.settings.backup_folder
    return None if _backups(installation) else f"{folder} holds no backup"


@warning("see that `maintain_warehouse` runs, or run `minsheng backup FILE` by hand")
def backup_old(installation: Installation) -> str | None:
    """The newest backup is not older than two days."""
    newest = _newest(installation)
    age = time.time() - newest.stat().st_mtime
    return f"the newest, {newest.name}, is {age / 86400:.0f} days old" if age > _OLD_SECONDS else None


@check("give this account the right to write the folder that MINSHENG_BACKUPS names")
def backup_folder(installation: Installation) -> str | None:
    """Backups can be written."""
    folder = installation.settings.backup_folder
    if not folder.is_dir():
        raise NotApplicable("the folder is made with the first backup")
    return None if os.access(folder, os.W_OK | os.X_OK) else f"{folder} may not be written"


@warning("let MINSHENG_BACKUPS name a folder of another disk")
def backup_disk(installation: Installation) -> str | None:
    """The backups lie on another disk than the home."""
    folder = _newest(installation).parent
    same = folder.stat().st_dev == installation.settings.home.stat().st_dev
    return f"{folder} and the home lie on one disk, and would be lost together" if same else None


@warning("free room there, or let MINSHENG_BACKUPS name a larger disk")
def backup_room(installation: Installation) -> str | None:
    """The next backup fits, and its proof, which unpacks it beside."""
    newest = _newest(installation)
    needed, free = 2 * newest.stat().st_size, shutil.disk_usage(newest.parent).free
    return f"{free >> 20} MiB are left, and the next takes {needed >> 20} MiB" if free < needed else None


def _backups(installation: Installation) -> list[Path]:
    return sorted(installation.settings.backup_folder.glob("minsheng-*.tar"))


def _newest(installation: Installation) -> Path:
    backups = _backups(installation)
    if not backups:
        raise NotApplicable("there is no backup")
    return backups[-1]
