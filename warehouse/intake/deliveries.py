"""A delivery: one file that one department sent once, and who it is in the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Claim:
    """A file taken out of an inbox and not yet answered; its place in the archive outlives a crash."""

    path: Path
    organization_code: str
    file_name: str
    """The name as a person can read it; `path` has the bytes."""
    received_at: datetime


@dataclass(frozen=True)
class Delivery:
    """A claimed file, archived: `path` is the archive's copy."""

    claim: Claim
    path: Path
    sha256: str
    size_bytes: int

    @cached_property
    def submission_id(self) -> str:
        """The same bytes from the same department are one submission."""
        return submission_id(self.claim.organization_code, self.sha256)


def submission_id(organization_code: str, sha256: str) -> str:
    """Return the identity of a department's file: the first 16 hexadecimal digits of a SHA-256."""
    return hashlib.sha256(f"{organization_code}:{sha256}".encode()).hexdigest()[:16]


def readable(name: str) -> str:
    """Return a file name as text: bytes that are no UTF-8 and control characters become U+FFFD."""
    decoded = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in decoded)
