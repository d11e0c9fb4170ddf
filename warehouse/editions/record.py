"""The record of publications, kept in the archive: it tells when the newest edition is altered or gone.

Each manifest has the hash of the one before, and nothing in the chain has the hash of the last.
"""

from __future__ import annotations

import json
from pathlib import Path

from warehouse import durable
from warehouse.published import MANIFEST, Edition, editions_of
from warehouse.settings import Settings


def record(settings: Settings) -> None:
    """Write down every edition that is not recorded yet: a new one, or one whose publication was killed."""
    for edition in editions_of(settings):
        path = _place(settings, edition)
        if not path.exists():
            digest = durable.sha256_of(edition.path / MANIFEST)
            said = {"edition": edition.name, "manifest_sha256": digest}
            durable.write(path, json.dumps(said, indent=1).encode())


def recorded(settings: Settings) -> dict[str, str]:
    """Return the SHA-256 of each recorded edition's manifest, by the edition's name."""
    records = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(_folder(settings).glob("*.json"))
    ]
    return {one["edition"]: one["manifest_sha256"] for one in records}


def _place(settings: Settings, edition: Edition) -> Path:
    return _folder(settings) / f"{edition.period}-r{edition.revision}.json"


def _folder(settings: Settings) -> Path:
    return settings.archive / "publications"
