"""Publishing the city's edition of a month: gathered, computed, made beside and renamed into its place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from warehouse import durable
from warehouse.city.gathering import Part, gathered, parts_of
from warehouse.city.marts import write_marts
from warehouse.city.pages import write_report, write_workbook
from warehouse.clock import now
from warehouse.districts import Listing
from warehouse.editions import FORMAT, make_current, placed, sealed, sign_manifest, write_parquet
from warehouse.errors import MinshengError
from warehouse.logs import logger
from warehouse.periods import Period
from warehouse.published import MANIFEST, MARTS_FILE, Edition, head_of, newest_of, publishing
from warehouse.settings import Settings
from warehouse.version import code_version

# The districts' editions each have their own.
_NO_FRESHNESS: dict[str, str | None] = dict.fromkeys(("known_through", "coverage_pct", "next_deadline"))


@dataclass(frozen=True)
class CityEdition:
    """What `build` published or found, and which districts it has."""

    edition: str
    folder: str
    reason: str
    districts: dict[str, str]
    """The edition of each district that it was made of, by the district's code."""
    absent: dict[str, str]
    """Why the others are not in it."""


def build(settings: Settings, listing: Listing, period: Period) -> CityEdition:
    """Publish the city's edition of the month from the districts' newest ones; `settings` are the city's own.

    The same editions give no second one; a later edition of any district does, with the cause as its reason.
    Raises MinshengError where no district has an edition of the month.
    """
    parts = parts_of(listing, period)
    if not any(part.edition for part in parts):
        raise MinshengError(
            f"No district in {listing.file} has a sound edition of {period}: publish one, or name another"
        )
    with publishing(settings):
        before = newest_of(settings, str(period))
        content = _content(parts)
        if before is not None and before.manifest()["content_sha256"] == content:
            return _shown(before)
        edition = _complete(settings, period, parts, before, content)
        make_current(settings)
    logger(__name__).info("city published", edition=edition.name, districts=len(parts))
    return _shown(edition)


def _complete(
    settings: Settings, period: Period, parts: list[Part], before: Edition | None, content: str
) -> Edition:
    """Write everything of an edition, and seal it with its manifest."""
    revision = before.revision + 1 if before else 1
    final = settings.editions / str(period) / f"r{revision}"
    facts = _facts(settings, period, parts, before) | {"revision": revision, "content_sha256": content}
    with placed(final) as folder:
        write_marts(folder / MARTS_FILE, parts, gathered(parts))
        write_parquet(folder, f"{period}/r{revision}", _NO_FRESHNESS)
        write_report(folder, facts)
        write_workbook(folder, facts)
        facts["marts_sha256"] = durable.sha256_of(folder / MARTS_FILE)
        (folder / MANIFEST).write_bytes(sealed(facts, folder))
        sign_manifest(settings, folder)
    return Edition(str(period), revision, str(final))


def _facts(settings: Settings, period: Period, parts: list[Part], before: Edition | None) -> dict[str, Any]:
    head = head_of(settings)
    return {
        "format": FORMAT,
        "kind": "city",
        "period": str(period),
        "published_at": now().isoformat(timespec="seconds"),
        "code_version": code_version(),
        "is_sample": any(part.facts.get("is_sample") for part in parts),
        "reason": _reason(parts, before),
        "replaces": before.name if before else None,
        "previous": asdict(head) if head else None,
        "districts": {
            part.code: {"name": part.name, "edition": part.edition.name, **part.facts}
            for part in parts
            if part.edition
        },
        "absent": {part.code: part.absent_because for part in parts if part.absent_because},
    }


def _reason(parts: list[Part], before: Edition | None) -> str:
    """Say which districts' editions made this one necessary, and their own reasons."""
    if before is None:
        return "首次发布"
    earlier = before.manifest()["districts"]
    causes = [
        f"{part.name} {part.edition.name}：{part.facts['reason']}"
        for part in parts
        if part.edition and earlier.get(part.code, {}).get("manifest_sha256") != part.facts["manifest_sha256"]
    ]
    causes += [
        f"{earlier[part.code]['name']} 未纳入" for part in parts if not part.edition and part.code in earlier
    ]
    causes += [
        f"{earlier[code]['name']} 已移出名单" for code in earlier.keys() - {part.code for part in parts}
    ]
    return "；".join(causes) or "程序或名单有更新"


def _content(parts: list[Part]) -> str:
    """Return a digest of what the edition is made of: editions by their hashes, who is absent, the code."""
    told = [(part.code, part.name, part.facts.get("manifest_sha256"), part.absent_zh) for part in parts]
    said = json.dumps([told, code_version()], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _shown(edition: Edition) -> CityEdition:
    manifest = edition.manifest()
    return CityEdition(
        edition.name,
        str(Path(edition.folder)),
        manifest["reason"],
        {code: facts["edition"] for code, facts in manifest["districts"].items()},
        manifest["absent"],
    )
