"""A delivery: one file that one department sent once, and who it is in the ledger."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
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

    def submission_id(self, time: int) -> str:
        """Return its identity where these bytes are judged for the `time`-th time, from 1 on."""
        return submission_id(self.claim.organization_code, self.sha256, time)


def submission_id(organization_code: str, sha256: str, time: int = 1) -> str:
    """Return the identity of a department's file: 16 hexadecimal digits, and from 2 on which time it is."""
    digest = hashlib.sha256(f"{organization_code}:{sha256}".encode()).hexdigest()[:16]
    return digest if time == 1 else f"{digest}-{time}"


def readable(name: str) -> str:
    """Return a file name as text: what is no UTF-8, and what hides or turns text, becomes U+FFFD."""
    decoded = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join("\ufffd" if _misleads(character) else character for character in decoded)


def _misleads(character: str) -> bool:
    """Return whether a character is a control or line break, nobody's, or turns the direction of writing."""
    turns = unicodedata.bidirectional(character) in (
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    )
    return turns or unicodedata.category(character) in ("Cc", "Cs", "Cn", "Zl", "Zp")
