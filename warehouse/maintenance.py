"""What keeps an installation well by night: a backup that is proved, and an end to what only grows."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from warehouse import backup, durable
from warehouse.backup import Backup
from warehouse.logs import LOG_FILE
from warehouse.settings import Settings

KEEP_DAILY = 14
KEEP_LOGS = timedelta(days=180)
KEEP_SERVICE_LOGS = timedelta(days=14)
_BACKUP = re.compile(r"minsheng-(\d{4}-\d{2}-\d{2})\.tar")
_SET_ASIDE = "minsheng-*.jsonl"


@dataclass(frozen=True)
class Retention:
    """What was removed, by path."""

    backups: list[str]
    logs: list[str]


def nightly_backup(settings: Settings, today: date) -> Backup | None:
    """Back the home up into the day's file, proved by restoring it; None where the day has its backup."""
    file = settings.backup_folder / f"minsheng-{today}.tar"
    if file.exists():
        return None
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    backup.remove_leftovers(file.parent)
    return backup.backup(settings, file)


def retain(settings: Settings, today: date, other_logs: Path | None = None) -> Retention:
    """Remove old backups and logs; editions, the archive and the ledger are never touched.

    Kept are the newest fourteen backups and the first of every month; logs for 180 days, in the home and in
    `other_logs`. The home's log is set aside under the day's name. The logs of services (in the folder
    `services` of `other_logs`), which repeat those of all tasks, are set aside compressed, for 14 days.
    """
    backups = _superseded(_backups(settings))
    _set_aside(settings, today)
    old = _older_than(KEEP_LOGS, today, settings.logs.glob(_SET_ASIDE))
    if other_logs:
        services = other_logs / "services"
        _set_service_logs_aside(services, today)
        old += _older_than(KEEP_LOGS, today, other_logs.rglob("*.log"))
        old += _older_than(KEEP_SERVICE_LOGS, today, services.glob("*.log.gz"))
    for path in [*backups, *old]:
        path.unlink(missing_ok=True)
    return Retention([str(path) for path in backups], [str(path) for path in old])


def _older_than(age: timedelta, today: date, logs: Iterable[Path]) -> list[Path]:
    before = datetime.combine(today - age, datetime.min.time(), UTC).timestamp()
    return sorted(path for path in logs if path.stat().st_mtime < before)


def _set_service_logs_aside(services: Path, today: date) -> None:
    """Compress each log and empty it where it is: its service has it open, and appends to it."""
    for log in services.glob("*.log"):
        aside = log.with_name(f"{log.stem}-{today}.log.gz")
        if not aside.exists():
            durable.write(aside, gzip.compress(log.read_bytes(), mtime=0))
            os.truncate(log, 0)


def _backups(settings: Settings) -> list[Path]:
    return sorted(path for path in settings.backup_folder.glob("*.tar") if _BACKUP.fullmatch(path.name))


def _superseded(backups: list[Path]) -> list[Path]:
    months: set[str] = set()
    superseded = []
    for path in backups[:-KEEP_DAILY]:
        month = path.name[: len("minsheng-2025-03")]
        if month in months:
            superseded.append(path)
        months.add(month)
    return superseded


def _set_aside(settings: Settings, today: date) -> None:
    log, aside = settings.logs / LOG_FILE, settings.logs / f"minsheng-{today}.jsonl"
    # Whoever writes the log goes on writing it under its new name.
    if log.exists() and not aside.exists():
        log.rename(aside)
