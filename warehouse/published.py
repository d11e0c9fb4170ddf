"""What is published: a month's revisions, the newest of them, the one that `current` points to."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from textwrap import wrap
from typing import Any

from warehouse import durable
from warehouse.errors import MinshengError, UsageError
from warehouse.settings import Settings

MANIFEST = "manifest.json"
MARTS_FILE = "minsheng.duckdb"
CURRENT = "current"
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_REVISION = re.compile(r"r([1-9][0-9]*)")


@dataclass(frozen=True, order=True)
class Edition:
    """One published edition; editions order by month, then revision."""

    period: str
    revision: int
    folder: str

    @property
    def name(self) -> str:
        """The edition as people call it: `2025-03/r2`."""
        return f"{self.period}/r{self.revision}"

    @property
    def path(self) -> Path:
        """The folder as a path."""
        return Path(self.folder)

    def manifest(self) -> dict[str, Any]:
        """Return what the edition's manifest says."""
        facts: dict[str, Any] = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        return facts


@dataclass(frozen=True)
class Head:
    """The last link of the chain of editions: what proves all before it."""

    edition: str
    manifest_sha256: str


def editions_of(settings: Settings) -> list[Edition]:
    """Return every edition, by month and revision."""
    return _under(settings.editions)


def public_variants_of(settings: Settings) -> list[Edition]:
    """Return the public variant of every edition that has one, by month and revision."""
    return _under(settings.public)


def _under(place: Path) -> list[Edition]:
    if not place.exists():
        return []
    return sorted(
        Edition(month.name, int(match[1]), str(folder))
        for month in place.iterdir()
        if _MONTH.fullmatch(month.name) and month.is_dir()
        for folder in month.iterdir()
        if (match := _REVISION.fullmatch(folder.name))
    )


def head_of(settings: Settings) -> Head | None:
    """Return the publication that no other follows; None before the first.

    Raises OSError, ValueError or KeyError where a manifest cannot be read.
    """
    published = editions_of(settings)
    previous = [edition.manifest()["previous"] for edition in published]
    followed = {link["edition"] for link in previous if link}
    last = next((edition for edition in published if edition.name not in followed), None)
    return Head(last.name, durable.sha256_of(last.path / MANIFEST)) if last else None


def in_groups(digest: str) -> str:
    """Return a hash in groups of four digits, as it is printed for people to compare."""
    return " ".join(wrap(digest, 4))


def newest_of(settings: Settings, period: str) -> Edition | None:
    """Return the month's newest edition, if it has any."""
    return max((edition for edition in editions_of(settings) if edition.period == period), default=None)


def newest_before(settings: Settings, period: str) -> Edition | None:
    """Return the newest edition of the months before, if there is any."""
    return next(reversed(newest_of_each_before(settings, period)), None)


def newest_of_each_before(settings: Settings, period: str) -> list[Edition]:
    """Return the newest edition of each month before, by month."""
    newest = {edition.period: edition for edition in editions_of(settings) if edition.period < period}
    return list(newest.values())


def predecessor_of(settings: Settings, period: str) -> Edition | None:
    """Return what the month's next edition is compared with: the month's newest, else the newest before."""
    return newest_of(settings, period) or newest_before(settings, period)


def find(settings: Settings, name: str) -> Edition:
    """Return the edition called `2025-03` (its newest), `2025-03/r2` or `current`; raises MinshengError."""
    month, slash, revision = name.partition("/")
    if name != CURRENT and not (_MONTH.fullmatch(month) and (not slash or _REVISION.fullmatch(revision))):
        raise UsageError(_("{name!r} is no edition: write 2025-03, 2025-03/r2 or current").format(name=name))
    known = editions_of(settings)
    if name == CURRENT:
        known = [edition for edition in known if edition.period == _newest_month(known)]
    else:
        known = [one for one in known if one.period == month and (not revision or one.name == name)]
    if not known:
        raise MinshengError(
            _("There is no edition {name} under {folder}: see `minsheng editions list`").format(
                name=name, folder=settings.editions
            )
        )
    return known[-1]


@contextmanager
def publishing(settings: Settings) -> Iterator[None]:
    """Let one publication at a time number and chain its edition."""
    with _locked(settings.editions, fcntl.LOCK_EX):
        yield


@contextmanager
def publishing_public(settings: Settings) -> Iterator[None]:
    """Let one public variant at a time be made: each is held against all that were made before it."""
    with _locked(settings.public, fcntl.LOCK_EX):
        yield


@contextmanager
def settled(settings: Settings) -> Iterator[None]:
    """Keep publications out, so that `current` and the editions beside it are of one moment."""
    with _locked(settings.editions, fcntl.LOCK_SH):
        yield


@contextmanager
def _locked(place: Path, kind: int) -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    # Whoever can read a file can lock it: no reader of editions may hold up their publication.
    descriptor = os.open(place / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
        yield
    finally:
        os.close(descriptor)


def _newest_month(editions: list[Edition]) -> str | None:
    return editions[-1].period if editions else None
