"""The index page, drawn anew at each publication from what the editions themselves hold."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from warehouse import durable
from warehouse.published import MARTS_FILE, Edition, editions_of
from warehouse.settings import Settings
from warehouse.snapshot.month import Row, district_of
from warehouse.snapshot.page import page
from warehouse.snapshot.wording import STATUSES_BY_NAME, Status

INDEX_PAGE = "index.html"
_CHANGES = "changes.json"


@dataclass(frozen=True)
class Restated:
    """A figure that another revision of its month published otherwise."""

    change: dict[str, Any]
    actual: tuple[Decimal | None, Decimal | None]
    """Before and after, in the indicator's unit."""
    status: tuple[Status | None, Status | None]
    causes: list[dict[str, Any]]


@dataclass(frozen=True)
class Entry:
    """One edition as the index tells of it."""

    edition: Edition
    facts: dict[str, Any]
    """Its manifest."""
    district: Row
    compared_with: str | None
    changed: int
    moved: int
    """How many figures, and how many statuses, differ from the edition that it is compared with."""
    causes: list[tuple[str, int]]
    """How many figures each cause changed, by its Chinese name."""
    restated: list[Restated]
    """Every difference, where it is another revision of the same month."""


def write(settings: Settings) -> None:
    """Write `index.html` beside the editions, in one step; the same editions give the same bytes."""
    entries = [_entry(edition) for edition in reversed(editions_of(settings))]
    content = page("index.html.j2", entries=entries, newest=entries[0])
    durable.write(settings.editions / INDEX_PAGE, content)


def _entry(edition: Edition) -> Entry:
    facts = edition.manifest()
    difference = _difference(edition) if _CHANGES in facts["files"] else {"before": None, "changes": []}
    changes = difference["changes"]
    is_revision = str(difference["before"]).startswith(f"{edition.period}/")
    causes = Counter(name for one in changes for name in {cause["cause_zh"] for cause in one["causes"]})
    return Entry(
        edition=edition,
        facts=facts,
        district=district_of(edition.path / MARTS_FILE),
        compared_with=difference["before"],
        changed=len(changes),
        moved=sum(one["status_before"] != one["status_after"] for one in changes),
        causes=sorted(causes.items(), key=lambda cause: (-cause[1], cause[0])),
        restated=[_restated(one) for one in changes] if is_revision else [],
    )


def _difference(edition: Edition) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((edition.path / _CHANGES).read_text(encoding="utf-8"))
    return found


def _restated(change: dict[str, Any]) -> Restated:
    def figure(name: str) -> Decimal | None:
        return None if change[name] is None else Decimal(change[name])

    return Restated(
        change=change,
        actual=(figure("actual_before"), figure("actual_after")),
        status=(
            STATUSES_BY_NAME.get(change["status_before"]),
            STATUSES_BY_NAME.get(change["status_after"]),
        ),
        causes=change["causes"],
    )
