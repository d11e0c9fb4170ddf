"""The public variant of an edition: the month without small counts of persons, in a folder of its own."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse import durable
from warehouse.editions.artefacts import write_parquet
from warehouse.editions.manifest import sealed
from warehouse.logs import logger
from warehouse.published import MANIFEST, MARTS_FILE, Edition
from warehouse.settings import Settings
from warehouse.snapshot import exports
from warehouse.snapshot.disclosure import withheld_in, write_public_marts
from warehouse.snapshot.month import month_of
from warehouse.snapshot.workbook import WORKBOOK, workbook_of

_READ_ONLY_FILE = 0o444
_READ_ONLY_FOLDER = 0o555
_PASSED_ON = (
    "period", "revision", "published_at", "as_of", "is_sample", "freshness", "plan_version", "code_version"
)  # fmt: skip


@dataclass(frozen=True)
class PublicVariant:
    """What was made public of an edition."""

    edition: str
    folder: str
    withheld: dict[str, str]
    """Each indicator of which figures are withheld, and how far: `parts` or `whole`."""


def publish_public(settings: Settings, edition: Edition) -> PublicVariant:
    """Write the edition's public variant, once; one that is there already stays as it is.

    Counts of persons under `settings.disclosure_floor` are withheld with all that would tell them, in this
    variant and beside every earlier one (docs/disclosure.md).
    """
    final = settings.public / edition.period / f"r{edition.revision}"
    with _alone(settings):
        if not final.exists():
            _complete(settings, edition, final)
        _close(final)
    withheld = withheld_in(final / MARTS_FILE)
    logger(__name__).info("published in public", edition=edition.name, withheld=len(withheld))
    return PublicVariant(edition.name, str(final), withheld)


def _complete(settings: Settings, edition: Edition, final: Path) -> None:
    """Write the variant beside its place, sync it, and rename it into place."""
    beside = final.with_name(f".{final.name}.building")
    durable.remove(beside)
    beside.mkdir(parents=True)
    floor = settings.disclosure_floor
    earlier = sorted(path.parent for path in settings.public.glob(f"*/r*/{MARTS_FILE}"))
    write_public_marts(edition.path / MARTS_FILE, beside / MARTS_FILE, earlier, floor)
    facts = _facts(edition, floor)
    write_parquet(beside, edition.name, facts["freshness"])
    exports.describe_parquet(beside, facts)
    exports.write_progress(beside, facts)
    (beside / WORKBOOK).write_bytes(workbook_of(month_of(beside / MARTS_FILE), f"{edition.name} 公开版"))
    durable.write(beside / MANIFEST, sealed(facts, beside))
    durable.sync_all()
    beside.rename(final)
    durable.sync(final.parent)


def _facts(edition: Edition, floor: int) -> dict[str, Any]:
    """Return what the variant's manifest says; neither submissions nor names of persons are public."""
    manifest = edition.manifest()
    return {name: manifest[name] for name in _PASSED_ON} | {
        "public": True,
        "disclosure_floor": floor,
        "edition_manifest_sha256": durable.sha256_of(edition.path / MANIFEST),
    }


def _close(folder: Path) -> None:
    """Make all of it read-only; also what a killed publication had renamed but not closed."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(_READ_ONLY_FOLDER if path.is_dir() else _READ_ONLY_FILE)
    folder.chmod(_READ_ONLY_FOLDER)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Let one variant at a time be made: each is held against all that were made before it."""
    settings.public.mkdir(parents=True, exist_ok=True)
    with (settings.public / ".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
