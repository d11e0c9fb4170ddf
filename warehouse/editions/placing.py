"""Putting what was published in its place: whole, read-only, synced, in one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse import durable
from warehouse.editions.record import record
from warehouse.published import CURRENT, Edition, editions_of
from warehouse.settings import Settings

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


def make_current(settings: Settings) -> Edition:
    """Record what was published, move `current` to the newest month's newest edition, and return that.

    A backfill of an older month does not move it.
    """
    record(settings)
    newest = editions_of(settings)[-1]
    link = settings.editions / CURRENT
    if not link.is_symlink() or str(link.readlink()) != newest.name:
        durable.link(link, newest.name)
    return newest
