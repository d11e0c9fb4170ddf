"""What is removed once it is old, so that nothing grows without bound; what cannot be made again is kept.

Editions, the archive and the ledger's rows are never touched.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from warehouse import durable
from warehouse.ledger.compaction import compact
from warehouse.logs import LOG_FILE
from warehouse.periods import Period
from warehouse.progress import candidate_of, holding
from warehouse.published import newest_of
from warehouse.settings import Settings

KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY = 14, 8, 12
"""Backups: the newest so many, and the first of each of the last so many weeks and months."""
KEEP_LOGS = timedelta(days=180)
KEEP_SERVICE_LOGS = timedelta(days=14)
"""They repeat the logs of all tasks."""
KEEP_CANDIDATES = timedelta(days=60)
"""After a month's publication: its candidate can be built again, with the same figures."""
KEEP_VERSIONS = timedelta(days=30)
"""Of a lakehouse."""
_BACKUP = re.compile(r"minsheng-(\d{4}-\d{2}-\d{2})\.tar")
_SET_ASIDE = "minsheng-*.jsonl"
_SERVICES = "services"


@dataclass(frozen=True)
class Retention:
    """What was removed, or would be: by path, and of a lakehouse by number."""

    backups: list[str]
    logs: list[str]
    log_folders: list[str]
    candidates: list[str]
    lakehouse: dict[str, int]


def retain(
    settings: Settings, today: date, other_logs: Path | None = None, *, dry_run: bool = False
) -> Retention:
    """Remove old backups, logs with their empty folders, candidates, and versions of a lakehouse.

    `other_logs` is a folder of logs outside the home, such as Airflow's. With `dry_run` nothing is changed.
    The home's log is set aside under the day's name, and those of services (the folder `services` of
    `other_logs`) compressed. Safe to run again, whenever it was cut off.
    """
    backups, logs = list(_superseded(_backups(settings))), _old_logs(settings, today, other_logs)
    folders = _emptied(other_logs, set(logs), today) if other_logs else []
    candidates = list(_old_candidates(settings, today))
    if not dry_run:
        _set_aside(settings, today)
        if other_logs:
            _set_service_logs_aside(other_logs / _SERVICES, today)
        _remove([*backups, *logs], folders)
        for period in candidates:
            with holding(settings, period) as candidate:
                durable.remove(candidate.folder)
    return Retention(
        [str(path) for path in backups],
        [str(path) for path in logs],
        [str(path) for path in folders],
        [str(candidate_of(settings, period).folder) for period in candidates],
        compact(settings, _midnight(today - KEEP_VERSIONS), dry_run=dry_run),
    )


def _remove(files: list[Path], folders: list[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)
    for folder in folders:
        # Somebody may have begun to write in it meanwhile.
        with contextlib.suppress(OSError):
            folder.rmdir()


def _backups(settings: Settings) -> dict[date, Path]:
    found = ((_BACKUP.fullmatch(path.name), path) for path in settings.backup_folder.glob("*.tar"))
    return {date.fromisoformat(match[1]): path for match, path in sorted(found, key=str) if match}


def _superseded(backups: dict[date, Path]) -> Iterator[Path]:
    days = sorted(backups)
    first_of_week = {day.isocalendar()[:2]: day for day in reversed(days)}
    first_of_month = {(day.year, day.month): day for day in reversed(days)}
    kept = {
        *days[-KEEP_DAILY:],
        *islice(first_of_week.values(), KEEP_WEEKLY),
        *islice(first_of_month.values(), KEEP_MONTHLY),
    }
    return (path for day, path in backups.items() if day not in kept)


def _old_logs(settings: Settings, today: date, other_logs: Path | None) -> list[Path]:
    logs = [*settings.logs.glob(_SET_ASIDE), *(other_logs.rglob("*.log") if other_logs else ())]
    compressed = (other_logs / _SERVICES).glob("*.log.gz") if other_logs else ()
    return sorted(
        [path for path in logs if _is_before(path, today - KEEP_LOGS)]
        + [path for path in compressed if _is_before(path, today - KEEP_SERVICE_LOGS)]
    )


def _emptied(logs: Path, removed: set[Path], today: date) -> list[Path]:
    """Return the folders that hold nothing but what is removed, or are old and empty; the innermost first."""
    emptied: set[Path] = set()
    touched = {folder for log in removed for folder in log.parents}
    folders = sorted((one for one in logs.rglob("*") if one.is_dir()), key=lambda one: -len(one.parts))
    for folder in folders:
        is_old = folder in touched or _is_before(folder, today - KEEP_LOGS)
        if is_old and set(folder.iterdir()) <= removed | emptied:
            emptied.add(folder)
    return [folder for folder in folders if folder in emptied]


def _old_candidates(settings: Settings, today: date) -> Iterator[Period]:
    for folder in sorted(settings.candidate.glob("[0-9][0-9][0-9][0-9]-[01][0-9]")):
        period = Period.parse(folder.name)
        if newest_of(settings, str(period)) and _is_before(folder, today - KEEP_CANDIDATES):
            yield period


def _set_aside(settings: Settings, today: date) -> None:
    log, aside = settings.logs / LOG_FILE, settings.logs / f"minsheng-{today}.jsonl"
    # Whoever writes the log goes on writing it under its new name.
    if log.exists() and not aside.exists():
        log.rename(aside)


def _set_service_logs_aside(services: Path, today: date) -> None:
    """Compress each log and empty it where it is: its service has it open, and appends to it."""
    for log in services.glob("*.log"):
        aside = log.with_name(f"{log.stem}-{today}.log.gz")
        if not aside.exists():
            durable.write(aside, gzip.compress(log.read_bytes(), mtime=0))
            os.truncate(log, 0)


def _is_before(path: Path, day: date) -> bool:
    return path.stat().st_mtime < _midnight(day).timestamp()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC)
