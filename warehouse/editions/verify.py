"""Walking the chain of editions and their public variants: every file as published, every link whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse import durable
from warehouse.editions.manifest import FORMAT
from warehouse.editions.proofs import require_proofs
from warehouse.editions.record import BESIDE, Recorded, public_recorded, recorded
from warehouse.editions.signatures import require_head, require_signed, require_signed_variants
from warehouse.errors import MinshengError
from warehouse.published import CURRENT, MANIFEST, Edition, editions_of, in_groups, public_variants_of
from warehouse.settings import Settings
from warehouse.snapshot.report import ANCHOR_PAGE

Link = dict[str, str] | None
_ANY_MAY_WRITE = 0o222
_RESTORE = "restore the edition from a backup"
_RESTORE_RECORD = (
    "restore archive/publications from a backup, or, where its publication was interrupted, publish it again"
)
_PUBLIC = "the public variant of "
_MADE_OF = "edition_manifest_sha256"


@dataclass(frozen=True)
class Chain:
    """What was walked: the editions, newest publication first."""

    editions: list[str]
    files: int
    """Of the editions and of the public variants."""
    public: list[str]
    """The editions that have a public variant, oldest first."""
    signed: int
    """How many of the editions and public variants are signed."""
    stamps: int
    """How many time stamps of authorities were added to the editions."""
    expected: str | None
    """The edition with the hash that was asked for."""


def verify(settings: Settings, keys: Sequence[Path] = (), expect: str | None = None) -> Chain:
    """Check every file and the chain; raises MinshengError with the first thing that does not hold.

    By each of the public keys every edition must be signed since the first that it signed; `expect` is a hash
    from a printed page, which one of the editions must have.
    """
    published = {edition.name: edition for edition in editions_of(settings)}
    manifests = {name: _manifest(edition, name, "previous") for name, edition in published.items()}
    previous: dict[str, Link] = {name: manifest["previous"] for name, manifest in manifests.items()}
    files = sum(_files(edition, name, manifests[name]) for name, edition in published.items())
    for name, link in previous.items():
        _link(published, name, link)
    walked = _walk(previous)
    _recorded(recorded(settings), published, "")
    _current(settings, published)
    for name, edition in published.items():
        _read_only(edition, name)
    variants = {variant.name: variant for variant in public_variants_of(settings)}
    files += sum(_variant(variant, published.get(name)) for name, variant in variants.items())
    _recorded(public_recorded(settings), variants, _PUBLIC)
    in_order = [published[name] for name in walked]
    for edition in in_order:
        _anchor(edition)
    return Chain(
        editions=walked,
        files=files,
        public=list(variants),
        signed=require_signed(in_order, keys) + require_signed_variants(variants, published, keys),
        stamps=sum(len(list(require_proofs(edition))) for edition in in_order),
        expected=require_head(in_order, expect) if expect is not None else None,
    )


def verify_edition(settings: Settings, edition: Edition) -> dict[str, Any]:
    """Check one edition alone, without the chain, and return its manifest; raises MinshengError.

    Each file is as the manifest says, and the manifest as the record of its publication says.
    """
    manifest = _manifest(edition, edition.name, "previous")
    _files(edition, edition.name, manifest)
    _read_only(edition, edition.name)
    known = [one for one in recorded(settings) if one.publication.edition == edition.name]
    _recorded(known, {edition.name: edition}, "")
    _anchor(edition)
    return manifest


def _anchor(edition: Edition) -> None:
    """Hold the anchor page, where there is one, against the manifest whose hash it prints."""
    page = edition.path / ANCHOR_PAGE
    head = in_groups(durable.sha256_of(edition.path / MANIFEST))
    if page.exists() and head not in page.read_text(encoding="utf-8", errors="replace"):
        raise MinshengError(f"{edition.name}: {ANCHOR_PAGE} was altered after publication: {_RESTORE}")


def _variant(variant: Edition, edition: Edition | None) -> int:
    """Check a public variant, and that it is one of the very edition whose manifest it names."""
    called = f"{_PUBLIC}{variant.name}"
    manifest = _manifest(variant, called, _MADE_OF)
    files = _files(variant, called, manifest)
    if edition is None:
        raise MinshengError(f"{called}: the edition that it was made of is missing: {_RESTORE}")
    if manifest[_MADE_OF] != durable.sha256_of(edition.path / MANIFEST):
        raise MinshengError(f"{called}: it was made of another edition than {edition.name}: {_RESTORE}")
    _read_only(variant, called)
    return files


def _manifest(edition: Edition, called: str, link: str) -> dict[str, Any]:
    """Return what the manifest says, with `hashes` by file; under `link` it must say what leads elsewhere."""
    try:
        manifest = edition.manifest()
        if manifest.get("format", 0) > FORMAT:
            raise MinshengError(
                f"{called}: a newer release made it (format {manifest['format']}; this one knows {FORMAT}): "
                "verify it with that release"
            )
        hashes = {name: str(facts["sha256"]) for name, facts in manifest["files"].items()}
        if link == "previous" and (before := manifest[link]) is not None:
            manifest[link] = {"edition": before["edition"], "manifest_sha256": before["manifest_sha256"]}
        return {**manifest, "hashes": hashes, link: manifest[link]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise MinshengError(f"{called}: its manifest cannot be read ({error}): {_RESTORE}") from error


def _files(edition: Edition, called: str, manifest: dict[str, Any]) -> int:
    listed = manifest["hashes"]
    there = {str(path.relative_to(edition.path)) for path in edition.path.rglob("*") if not path.is_dir()}
    there -= {MANIFEST, *BESIDE}
    for name in sorted(there | set(listed)):
        if name not in there:
            raise MinshengError(f"{called}: {name} is missing: {_RESTORE}")
        if name not in listed:
            raise MinshengError(f"{called}: {name} was added after publication: remove it")
        if (edition.path / name).is_symlink():
            raise MinshengError(f"{called}: a link stands in the place of {name}: {_RESTORE}")
        if durable.sha256_of(edition.path / name) != listed[name]:
            raise MinshengError(f"{called}: {name} was altered after publication: {_RESTORE}")
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


def _recorded(records: Iterable[Recorded], published: dict[str, Edition], kind: str) -> None:
    """Hold what is there against the record of publications: the chain has no hash of its last link.

    What lost its record could be altered or go unseen, so that is a fault too.
    """
    known = {one.publication.edition: one for one in records}
    for name, one in known.items():
        if name not in published:
            raise MinshengError(
                f"{kind}{name}: it was published and is missing ({one.path} names it): {_RESTORE}"
            )
        if fault := one.fault_in(published[name]):
            raise MinshengError(f"{kind}{name}: {fault}: {_RESTORE}, or the record")
    if unrecorded := published.keys() - known.keys():
        name = max(unrecorded)
        raise MinshengError(f"{kind}{name}: no record of its publication is left: {_RESTORE_RECORD}")


def _read_only(edition: Edition, called: str) -> None:
    for path in sorted([edition.path, *edition.path.rglob("*")]):
        if path.lstat().st_mode & _ANY_MAY_WRITE:
            raise MinshengError(
                f"{called}: {path.name} may be written to: make it read-only again (chmod a-w {path})"
            )


def _current(settings: Settings, published: dict[str, Edition]) -> None:
    link = settings.editions / CURRENT
    if published and (not link.is_symlink() or str(link.readlink()) != max(published.values()).name):
        raise MinshengError(
            f"{link} does not point to the newest edition: publish its month again to mend it"
        )
