"""Putting what was published in its place: whole, read-only, synced, in one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse import durable

_READ_ONLY_FILE = 0o444
_READ_ONLY_FOLDER = 0o555


@contextmanager
def placed(final: Path) -> Iterator[Path]:
    """Give a fresh folder to fill; it is renamed to `final` when the block ends well, and only then."""
    beside = final.with_name(f".{final.name}.building")
    durable.remove(beside)
    beside.mkdir(parents=True)
    yield beside
    for path in sorted([beside, *beside.rglob("*")], reverse=True):
        path.chmod(_READ_ONLY_FOLDER if path.is_dir() else _READ_ONLY_FILE)
        durable.sync(path)
    beside.rename(final)
    durable.sync(final.parent)
    durable.sync(final.parent.parent)
