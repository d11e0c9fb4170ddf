"""The public variant of an edition: the month without small counts of persons, in a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse import durable
from warehouse.editions.artefacts import write_parquet
from warehouse.editions.manifest import sealed
from warehouse.editions.placing import placed
from warehouse.editions.record import record_public
from warehouse.editions.signatures import NAMESPACE, sign_manifest
from warehouse.logs import logger
from warehouse.published import MANIFEST, MARTS_FILE, Edition, publishing_public
from warehouse.settings import Settings
from warehouse.snapshot import exports, report
from warehouse.snapshot.disclosure import withheld_in, write_public_marts
from warehouse.snapshot.month import month_of
from warehouse.snapshot.workbook import WORKBOOK, workbook_of

_PASSED_ON = (
    "format", "period", "revision", "published_at", "as_of", "is_sample", "freshness", "plan_version",
    "code_version",
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
    with publishing_public(settings):
        if not final.exists():
            _complete(settings, edition, final)
        record_public(settings)
    withheld = withheld_in(final / MARTS_FILE)
    logger(__name__).info("published in public", edition=edition.name, withheld=len(withheld))
    return PublicVariant(edition.name, str(final), withheld)


def _complete(settings: Settings, edition: Edition, final: Path) -> None:
    """Write what is public of the edition, held against all that was made public before."""
    floor = settings.disclosure_floor
    earlier = sorted(path.parent for path in settings.public.glob(f"*/r*/{MARTS_FILE}"))
    facts = _facts(edition, floor)
    with placed(final) as folder:
        write_public_marts(edition.path / MARTS_FILE, folder / MARTS_FILE, earlier, floor)
        write_parquet(folder, edition.name, facts["freshness"])
        exports.describe_parquet(folder, facts)
        exports.write_progress(folder, facts)
        (folder / WORKBOOK).write_bytes(workbook_of(month_of(folder / MARTS_FILE), f"{edition.name} 公开版"))
        report.write_verifier(NAMESPACE, folder)
        (folder / MANIFEST).write_bytes(sealed(facts, folder))
        sign_manifest(settings, folder)


def _facts(edition: Edition, floor: int) -> dict[str, Any]:
    """Return what the variant's manifest says; neither submissions nor names of persons are public."""
    manifest = edition.manifest()
    return {name: manifest[name] for name in _PASSED_ON if name in manifest} | {
        "public": True,
        "disclosure_floor": floor,
        "edition_manifest_sha256": durable.sha256_of(edition.path / MANIFEST),
    }
