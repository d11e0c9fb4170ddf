"""The record of publications, kept in the archive: it tells when the newest edition is altered or gone.

Each manifest has the hash of the one before, and nothing in the chain has the hash of the last.
"""

from __future__ import annotations

import json
from pathlib import Path

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.published import MANIFEST, Edition, editions_of, public_variants_of
from warehouse.settings import Settings


def record(settings: Settings) -> None:
    """Write down every edition that is not recorded yet: a new one, or one whose publication was killed."""
    _record(_folder(settings), editions_of(settings))


def record_public(settings: Settings) -> None:
    """Write down every public variant that is not recorded yet."""
    _record(_public_folder(settings), public_variants_of(settings))


def _record(folder: Path, published: list[Edition]) -> None:
    for edition in published:
        path = folder / f"{edition.period}-r{edition.revision}.json"
        if not path.exists():
            digest = durable.sha256_of(edition.path / MANIFEST)
            said = {"edition": edition.name, "manifest_sha256": digest}
            durable.write(path, json.dumps(said, indent=1).encode())


def recorded(settings: Settings) -> dict[str, str]:
    """Return the SHA-256 of each recorded edition's manifest, by the edition's name.

    Raises MinshengError for a record that cannot be read.
    """
    return _recorded(_folder(settings))


def public_recorded(settings: Settings) -> dict[str, str]:
    """Return the SHA-256 of each recorded public variant's manifest, by the edition's name."""
    return _recorded(_public_folder(settings))


def _recorded(folder: Path) -> dict[str, str]:
    return dict(_read(path) for path in sorted(folder.glob("*.json")))


def _read(path: Path) -> tuple[str, str]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return str(said["edition"]), str(said["manifest_sha256"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise MinshengError(
            f"The publication record {path} is damaged: bring it back from a backup, since it proves which "
            "editions were published"
        ) from error


def _folder(settings: Settings) -> Path:
    return settings.archive / "publications"


def _public_folder(settings: Settings) -> Path:
    return _folder(settings) / "public"
