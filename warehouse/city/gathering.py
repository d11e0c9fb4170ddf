"""Reading the districts' editions, each verified first; nothing else of a district is opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse import durable
from warehouse.city.rendering import queries
from warehouse.districts import District, Listing
from warehouse.editions import verify_edition
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.published import MANIFEST, MARTS_FILE, Edition, newest_of

if TYPE_CHECKING:
    import pyarrow

_QUERIES = Path(__file__).with_name("gathered")


_UNPUBLISHED, _UNSOUND, _REFUSED = "尚未发布", "核验未通过", "名单有误"


@dataclass(frozen=True)
class Part:
    """What the city's edition has of one district: an edition, or the reason why there is none."""

    code: str
    name: str
    edition: Edition | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    """Of the edition's manifest, and its hash; empty where there is no edition."""
    answers: dict[str, pyarrow.Table] = field(default_factory=dict)
    """What the edition says to each query of `gathered/`, by the query's name."""
    absent_zh: str | None = None
    """Why there is none, in a word for the report."""
    absent_because: str | None = None
    """The same in a sentence for the data team."""


def parts_of(listing: Listing, period: Period) -> list[Part]:
    """Return the newest edition of each district for the month, verified, in the list's order.

    A district without one, or whose edition does not verify, is named with the reason and holds up no other;
    so is an entry that the list refuses.
    """
    found = [_part(district, period) for district in listing.districts]
    known = {part.code for part in found}
    refused = {fault.district: str(fault) for fault in listing.faults if fault.district not in known}
    return found + [
        Part(code, code, absent_zh=_REFUSED, absent_because=reason)
        for code, reason in refused.items()
        if code
    ]


def gathered(parts: list[Part]) -> dict[str, pyarrow.Table]:
    """Return one table of each query, with what all editions say and the code of each one's district."""
    import pyarrow

    tables: dict[str, list[pyarrow.Table]] = {}
    for part in parts:
        for name, table in part.answers.items():
            codes = pyarrow.array([part.code] * table.num_rows, pyarrow.string())
            tables.setdefault(name, []).append(table.append_column("district_code", codes))
    return {name: pyarrow.concat_tables(of_name) for name, of_name in tables.items()}


def _part(district: District, period: Period) -> Part:
    settings = district.settings()
    try:
        edition = newest_of(settings, str(period))
        if edition is None:
            reason = f"no edition of {period} is published"
            return Part(district.code, district.name, absent_zh=_UNPUBLISHED, absent_because=reason)
        manifest = verify_edition(settings, edition)
        facts = {name: manifest[name] for name in ("published_at", "plan_version", "is_sample", "reason")}
        facts |= {"manifest_sha256": durable.sha256_of(edition.path / MANIFEST)}
        return Part(district.code, district.name, edition, facts, _asked(edition, period))
    except (MinshengError, OSError, KeyError, duckdb.Error) as error:
        reason = f"its newest edition of {period} cannot be used: {error}"
        return Part(district.code, district.name, absent_zh=_UNSOUND, absent_because=reason)


def _asked(edition: Edition, period: Period) -> dict[str, pyarrow.Table]:
    """Ask an edition every query, read-only."""
    answers = {}
    with duckdb.connect(str(edition.path / MARTS_FILE), read_only=True) as connection:
        for name, sql in queries(_QUERIES).items():
            values = {"period": str(period)} if "$period" in sql else {}
            answers[name] = connection.execute(sql, values).to_arrow_table()
    return answers
