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
from warehouse.snapshot.wording import CAUSES_EN, STATUSES_BY_NAME, Status

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
    causes: list[tuple[str, str, int]]
    """Each cause in Chinese and in English, and how many figures it changed."""
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
    return Entry(
        edition=edition,
        facts=facts,
        district=district_of(edition.path / MARTS_FILE),
        compared_with=difference["before"],
        changed=len(changes),
        moved=sum(one["status_before"] != one["status_after"] for one in changes),
        causes=_causes(changes),
        restated=[_restated(one) for one in changes] if is_revision else [],
    )


def _causes(changes: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """Return what changed the figures, the most frequent cause first."""
    named = [{one["cause"]: one["cause_zh"] for one in change["causes"]} for change in changes]
    counts = Counter(
        (causes[cause], CAUSES_EN[cause]) for causes in named for cause in causes if cause in CAUSES_EN
    )
    return sorted(((zh, en, count) for (zh, en), count in counts.items()), key=lambda one: (-one[2], one[0]))


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
