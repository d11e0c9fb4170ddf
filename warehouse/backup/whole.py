"""Proving that a folder is a whole home: the ledger opens, the archive has its bytes, the chain holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from warehouse import editions, ledger
from warehouse.backup.unpack import Inventory
from warehouse.errors import MinshengError
from warehouse.intake.records import recorded_arrivals, require_sound
from warehouse.settings import Settings

_ARCHIVED = re.compile(r"archive/([0-9a-f]{64})")


@dataclass(frozen=True)
class Whole:
    """What a proved home holds."""

    made_at: str
    files: int
    submissions: int
    editions: int


def prove(settings: Settings, home: Path, inventory: Inventory) -> Whole:
    """Open and walk an unpacked home; raises MinshengError with the first thing that does not hold."""
    here = settings.model_copy(update={"home": home, "ledger": ""})
    for name, kept in inventory.files.items():
        if (match := _ARCHIVED.fullmatch(name)) and match[1] != kept.sha256:
            raise MinshengError(
                f"{name} no longer has the bytes that were received: bring it back from another backup"
            )
    submissions = _submissions(here)
    return Whole(inventory.made_at, len(inventory.files), submissions, len(editions.verify(here).editions))


def _submissions(here: Settings) -> int:
    """Read every submission of the ledger; each must have its file in the archive."""
    with ledger.reading(here) as connection:
        require_sound(here, connection)
        rows = connection.execute(
            "select submission_id, file_name, sha256 from ledger.submissions order by sequence"
        ).fetchall()
    recorded = {one.submission_id for one in recorded_arrivals(here)}
    for submission_id, file_name, digest in rows:
        if submission_id not in recorded:
            raise MinshengError(
                f"The archive's records lack {file_name} ({submission_id}), which the ledger holds: bring "
                "archive/records/ back from another backup, since the ledger is made again from it"
            )
        if not (here.archive / digest).is_file():
            raise MinshengError(
                f"The archive lacks {digest}, received as {file_name}: bring it back from another backup, or "
                "from the home that received it"
            )
    here.ledger_lock.unlink()
    return len(rows)
