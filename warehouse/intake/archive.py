"""The archive: every file ever received, byte for byte under its SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.intake.deliveries import Claim, Delivery
from warehouse.settings import Settings

_CHUNK = 1 << 20
BATCH_RECORD = ".batch.json"
"""How the name of a batch's record ends; other records are of releases before 0.2."""


@dataclass(frozen=True)
class Arrival:
    """One submission's arrival, as the archive records it."""

    submission_id: str
    sequence: int
    batch: str
    """The submissions that were judged together have the same one."""
    organization_code: str
    file_name: str
    sha256: str
    size_bytes: int
    received_at: str
    plan_version: str


def keep(settings: Settings, claim: Claim) -> Delivery:
    """Copy a claimed file into the archive, unless its bytes are there.

    A copy, not a link: whoever still holds the file open cannot change what was archived.
    """
    beside = settings.archive / f".incoming.{os.getpid()}.tmp"
    digest, size = _copy(claim.path, beside)
    kept = settings.archive / digest
    if kept.exists() and durable.sha256_of(kept) == digest:
        beside.unlink()
    else:
        beside.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        beside.replace(kept)
    return Delivery(claim, kept, digest, size)


def archived(settings: Settings, sha256: str, file_name: str) -> Path:
    """Return where the archive keeps a received file; raises MinshengError for a lost or altered one."""
    path = settings.archive / sha256
    if path.is_symlink() or not path.is_file():
        raise MinshengError(
            f"The archive lacks {sha256}, received as {file_name}: bring it back from a backup"
        )
    if durable.sha256_of(path) != sha256:
        raise MinshengError(
            f"The archive's {sha256}, received as {file_name}, no longer has the bytes that were received: "
            "bring it back from a backup"
        )
    return path


def latest_of_each(arrivals: list[Arrival]) -> list[Arrival]:
    """Return one arrival for each submission, in order.

    A batch that was begun again behind another has two records: the ledger took it in at its later place.
    """
    latest = {one.submission_id: one for one in sorted(arrivals, key=lambda one: one.sequence)}
    return sorted(latest.values(), key=lambda one: one.sequence)


def recorded_before_batches(settings: Settings) -> list[Arrival]:
    """Return the arrivals that releases before 0.2 wrote down in `archive/records/`, in order."""
    files = (settings.archive / "records").glob("*.json")
    older = [path for path in files if not path.name.endswith(BATCH_RECORD)]
    return latest_of_each([one for path in older for one in _arrivals_in(path)])


def _arrivals_in(path: Path) -> list[Arrival]:
    written = json.loads(path.read_text(encoding="utf-8"))
    # The very first release wrote a file for each arrival.
    return [Arrival(**one) for one in (written if isinstance(written, list) else [written])]


def _copy(source: Path, target: Path) -> tuple[str, int]:
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(descriptor, "rb", buffering=0) as reader, target.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
            writer.write(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
