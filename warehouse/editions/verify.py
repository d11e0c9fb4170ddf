"""Walking the chain of editions: every file as it was published, every edition linked to the one before."""

from __future__ import annotations

import json
from dataclasses import dataclass

from warehouse import durable
from warehouse.editions.record import recorded
from warehouse.errors import MinshengError
from warehouse.published import CURRENT, MANIFEST, Edition, editions_of
from warehouse.settings import Settings

Link = dict[str, str] | None
_ANY_MAY_WRITE = 0o222
_RESTORE = "restore the edition from a backup"


@dataclass(frozen=True)
class Chain:
    """What was walked: the editions, newest publication first."""

    editions: list[str]
    files: int


def verify(settings: Settings) -> Chain:
    """Check every file and the chain; raises MinshengError with the first thing that does not hold."""
    published = {edition.name: edition for edition in editions_of(settings)}
    previous = {name: _previous(edition) for name, edition in published.items()}
    files = sum(_files(edition) for edition in published.values())
    for name, link in previous.items():
        _link(published, name, link)
    walked = _walk(previous)
    _recorded(settings, published)
    _current(settings, published)
    for edition in published.values():
        _read_only(edition)
    return Chain(walked, files)


def _previous(edition: Edition) -> Link:
    try:
        link: Link = edition.manifest()["previous"]
    except (OSError, json.JSONDecodeError, KeyError) as error:
        raise MinshengError(f"{edition.name}: its manifest cannot be read ({error}): {_RESTORE}") from error
    return link


def _files(edition: Edition) -> int:
    listed = edition.manifest()["files"]
    there = {str(path.relative_to(edition.path)) for path in edition.path.rglob("*") if not path.is_dir()}
    there.discard(MANIFEST)
    for name in sorted(there | set(listed)):
        if name not in there:
            raise MinshengError(f"{edition.name}: {name} is missing: {_RESTORE}")
        if name not in listed:
            raise MinshengError(f"{edition.name}: {name} was added after publication: remove it")
        if durable.sha256_of(edition.path / name) != listed[name]["sha256"]:
            raise MinshengError(f"{edition.name}: {name} was altered after publication: {_RESTORE}")
    return len(listed)


def _link(published: dict[str, Edition], name: str, link: Link) -> None:
    if link is None:
        return
    before = published.get(link["edition"])
    if before is None:
        raise MinshengError(f"{name}: the edition before it, {link['edition']}, is missing: {_RESTORE}")
    if durable.sha256_of(before.path / MANIFEST) != link["manifest_sha256"]:
        raise MinshengError(f"{before.name}: its manifest was altered after publication: {_RESTORE}")


def _walk(previous: dict[str, Link]) -> list[str]:
    """Return the editions from the newest publication back to the first; every one must lie on the way."""
    pointed_at = {link["edition"] for link in previous.values() if link}
    ends = sorted(set(previous) - pointed_at)
    walked: list[str] = []
    while ends and (name := ends.pop()):
        walked.append(name)
        if link := previous[name]:
            ends.append(link["edition"])
    if strays := sorted(set(previous) - set(walked)) or (walked and len(walked) != len(previous)):
        raise MinshengError(f"The chain of editions branches or breaks ({strays}): {_RESTORE}")
    return walked


def _recorded(settings: Settings, published: dict[str, Edition]) -> None:
    """Hold the editions against the record of publications: the chain itself has no hash of its last link."""
    for name, digest in recorded(settings).items():
        if name not in published:
            raise MinshengError(f"{name}: it was published and is missing: {_RESTORE}")
        if durable.sha256_of(published[name].path / MANIFEST) != digest:
            raise MinshengError(f"{name}: its manifest was altered after publication: {_RESTORE}")


def _read_only(edition: Edition) -> None:
    for path in sorted([edition.path, *edition.path.rglob("*")]):
        if path.lstat().st_mode & _ANY_MAY_WRITE:
            raise MinshengError(
                f"{edition.name}: {path.name} may be written to: make it read-only again (chmod a-w {path})"
            )


def _current(settings: Settings, published: dict[str, Edition]) -> None:
    link = settings.editions / CURRENT
    if published and (not link.is_symlink() or str(link.readlink()) != max(published.values()).name):
        raise MinshengError(
            f"{link} does not point to the newest edition: publish its month again to mend it"
        )
