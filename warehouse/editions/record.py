"""The record of publications, kept in the archive: it tells when the newest edition is altered or gone.

Each manifest has the hash of the one before, and nothing in the chain has the hash of the last. The files
beside a manifest that it cannot list, since they state or sign its hash, have theirs here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from warehouse import durable
from warehouse.editions.signatures import SIGNATURE
from warehouse.errors import MinshengError
from warehouse.published import MANIFEST, Edition, editions_of, public_variants_of
from warehouse.settings import Settings
from warehouse.snapshot.report import ANCHOR_PAGE

BESIDE = frozenset({SIGNATURE, ANCHOR_PAGE})
"""Files of an edition that its manifest cannot list."""


class Publication(BaseModel):
    """What was written down of an edition when it was published."""

    model_config = ConfigDict(extra="forbid")

    edition: str
    manifest_sha256: str
    beside: dict[str, str] | None = None
    """SHA-256 of each file beside the manifest; None in records of releases before 0.2."""


@dataclass(frozen=True)
class Recorded:
    """A publication's record as the archive has it."""

    publication: Publication
    path: Path

    def fault_in(self, edition: Edition) -> str | None:
        """Return what in the edition is not as it was recorded."""
        where = f"or {self.path} was"
        if durable.sha256_of(edition.path / MANIFEST) != self.publication.manifest_sha256:
            return f"its manifest was altered after publication, {where}"
        if self.publication.beside is None:
            return None
        there = _beside(edition)
        for name in sorted(there | self.publication.beside):
            if there.get(name) != self.publication.beside.get(name):
                return f"{name} was altered, added or removed after publication, {where}"
        return None


def record(settings: Settings) -> None:
    """Write down every edition that is not recorded yet: a new one, or one whose publication was killed."""
    _record(_folder(settings), editions_of(settings))


def record_public(settings: Settings) -> None:
    """Write down every public variant that is not recorded yet."""
    _record(_public_folder(settings), public_variants_of(settings))


def _record(folder: Path, published: list[Edition]) -> None:
    for edition in published:
        path = folder / f"{edition.period}-r{edition.revision}.json"
        if not path.exists():
            publication = Publication(
                edition=edition.name,
                manifest_sha256=durable.sha256_of(edition.path / MANIFEST),
                beside=_beside(edition),
            )
            durable.write(path, publication.model_dump_json(indent=1).encode())


def _beside(edition: Edition) -> dict[str, str]:
    return {
        name: durable.sha256_of(edition.path / name)
        for name in sorted(BESIDE)
        if (edition.path / name).exists()
    }


def recorded(settings: Settings) -> Iterator[Recorded]:
    """Yield the record of every edition; raises MinshengError for one that cannot be read."""
    return _recorded(_folder(settings))


def public_recorded(settings: Settings) -> Iterator[Recorded]:
    """Yield the record of every public variant; raises MinshengError for one that cannot be read."""
    return _recorded(_public_folder(settings))


def _recorded(folder: Path) -> Iterator[Recorded]:
    for path in sorted(folder.glob("*.json")):
        try:
            yield Recorded(Publication.model_validate_json(path.read_bytes()), path)
        except ValidationError as error:
            raise MinshengError(
                f"The publication record {path} is damaged: bring it back from a backup, since it proves "
                "which editions were published"
            ) from error


def _folder(settings: Settings) -> Path:
    return settings.archive / "publications"


def _public_folder(settings: Settings) -> Path:
    return _folder(settings) / "public"
