"""The support bundle: what a stranger needs to help, without secrets, figures, names of people or of files.

It holds the names of settings but no value, versions, the checks' names and levels but not their words, sizes
and counts of the home's folders, and of the log only which module said what kind of thing when.
"""

from __future__ import annotations

import io
import json
import os
import platform
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from warehouse.doctor.diagnosis import Diagnosis
from warehouse.doctor.registry import Installation
from warehouse.errors import MinshengError
from warehouse.logs import LOG_FILE
from warehouse.settings import Settings

_PREFIXES = ("MINSHENG_", "AIRFLOW", "AWS_", "DUCKDB_", "PG", "TMPDIR", "LANG", "LC_", "TZ")
_LOG_KEYS = ("at", "level", "module")
_LOG_BYTES, _LOG_LINES = 1 << 20, 2000


def write_bundle(installation: Installation, diagnosis: Diagnosis, file: Path) -> None:
    """Write the bundle to a new file that its owner alone may read; raises MinshengError where it exists."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, told in _contents(installation, diagnosis).items():
            bundle.writestr(name, json.dumps(told, ensure_ascii=False, indent=1))
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise MinshengError(
            f"The bundle {file} cannot be written ({error.strerror}): name a new file"
        ) from error
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content.getvalue())


def _contents(installation: Installation, diagnosis: Diagnosis) -> dict[str, Any]:
    environment = installation.environment
    return {
        "checks.json": {
            "program": diagnosis.program,
            "seconds": diagnosis.seconds,
            "counts": diagnosis.counts,
            "checks": {one.name: one.level for one in diagnosis.findings},
        },
        "machine.json": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "processors": os.cpu_count(),
            "settings": sorted(name for name in environment if name.startswith(_PREFIXES)),
        },
        "packages.json": {one.name: one.version for one in sorted(metadata.distributions(), key=_name)},
        "home.json": {one.name: _size(one) for one in _parts(installation.settings)},
        "log.json": list(_log(installation.settings)),
    }


def _name(distribution: metadata.Distribution) -> str:
    return distribution.name.lower()


def _parts(settings: Settings) -> list[Path]:
    """Return the home's own files and folders; what else somebody put there stays unnamed."""
    properties = (settings.inbox, settings.outbox, settings.archive, settings.candidate, settings.editions)
    others = (settings.ledger_file, settings.public, settings.logs, settings.backup_folder)
    return [one for one in (*properties, *others) if one.exists()]


def _size(path: Path) -> dict[str, int]:
    sizes = [one.lstat().st_size for one in path.rglob("*") if one.is_file()] if path.is_dir() else []
    return {"files": len(sizes), "bytes": sum(sizes) or path.stat().st_size}


def _log(settings: Settings) -> Iterator[dict[str, str]]:
    log = settings.logs / LOG_FILE
    if not log.exists():
        return
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - _LOG_BYTES))
        lines = stream.read().splitlines()[-_LOG_LINES:]
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # the first one is cut off where the log is long
        yield {key: str(event[key]) for key in _LOG_KEYS if key in event}
