"""What the files alone cost an intake, whoever does it: each is claimed, copied, answered, and let go of.

Nothing is read but for its digest, no row is checked, and the receipts are empty pages of their size: the
least that the promises ask of the file system, and with it what no intake of so many files can go below.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

from benchmarks.measure import Figure, Measurement, Scale, Work, measure
from warehouse import durable

FILES = Figure(
    "intake-many-files-moved",
    "only moving {size:,} such files: claim, archive copy, two receipts, release, synced",
    "reading them with Python's csv",
)
_RECEIPTS = {"json": bytes(383), "xlsx": bytes(8_453)}
"""As large as those of a sound file of 200 rows."""
_FOLDERS = ("inbox", "claimed", "archive", "outbox")


def moved(paths: Collection[Path], theirs: Work, scale: Scale) -> Measurement:
    """Move a copy of the files through the folders of a home in each run, and run `theirs`, in turn."""
    with tempfile.TemporaryDirectory() as homes:
        places = [_dropped(paths, Path(homes) / str(number)) for number in range(scale.runs)]
        durable.sync_all()
        return measure(FILES, len(paths), lambda number: _move(places[number]), theirs, scale)


def _dropped(paths: Collection[Path], home: Path) -> Path:
    for folder in _FOLDERS:
        (home / folder).mkdir(parents=True)
    for path in paths:
        shutil.copyfile(path, home / "inbox" / path.name)
    return home


def _move(home: Path) -> None:
    inbox, claimed, archive, outbox = (home / folder for folder in _FOLDERS)
    claims = [one.rename(claimed / one.name) for one in sorted(inbox.iterdir())]
    for claim in claims:
        content = claim.read_bytes()
        _put(archive / hashlib.sha256(content).hexdigest(), content)
        for ending, receipt in _RECEIPTS.items():
            _put(outbox / f"{claim.name}.{ending}", receipt)
    durable.sync_all()
    for claim in claims:
        claim.unlink()


def _put(path: Path, content: bytes) -> None:
    """Write beside and rename, by the fewest calls that do it."""
    beside = path.with_suffix(".tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    os.write(descriptor, content)
    os.close(descriptor)
    beside.rename(path)
