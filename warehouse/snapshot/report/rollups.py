"""What the plan promised, rolled up: by kind of commitment, one by one, and by subdistrict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from warehouse.snapshot.month import Month, Row
from warehouse.snapshot.wording import STATUSES, Status

_KINDS = {
    "goal": ("总体目标", "goals"),
    "task": ("重点任务", "tasks"),
    "annex": ("办实事", "practical items"),
    "safeguard": ("保障措施", "safeguards"),
}


@dataclass(frozen=True)
class Kind:
    """The commitments of one kind, by how their worst window stands."""

    zh: str
    en: str
    commitments: int
    counts: Counter[str]
    """How many stand in each group of statuses, by the group's code."""

    @property
    def unmeasured(self) -> int:
        """How many have no measurable target in force whose window has begun."""
        return self.commitments - self.counts.total()


@dataclass(frozen=True)
class Commitment:
    """One commitment: its words and lead, how its worst window stands, and the counts of its windows."""

    row: Row
    status: Status | None
    standing: Row


@dataclass(frozen=True)
class Reported:
    """One indicator that is reported by subdistrict: one of its rows, and each subdistrict's by its code."""

    first: Row
    by_area: dict[str, Row]


def kinds_of(month: Month) -> list[Kind]:
    """Count the commitments of each kind that the plan has."""
    found = []
    for kind, (zh, en) in _KINDS.items():
        rows = [row for row in month.commitments if row["kind"] == kind]
        counts = Counter(STATUSES[row["status"]].group.code for row in rows if row["status"])
        if rows:
            found.append(Kind(zh, en, len(rows), counts))
    return found


def commitments_of(month: Month) -> list[Commitment]:
    """Return each commitment that has windows or evidence under judgement, in the plan's order."""
    standings = {row["code"]: row for row in month.standing("commitment")}
    return [
        Commitment(row, STATUSES.get(row["status"]), standings[row["commitment_code"]])
        for row in month.commitments
        if standings[row["commitment_code"]]["windows"] or standings[row["commitment_code"]]["evidence_items"]
    ]


def reported_by_subdistrict(month: Month) -> tuple[list[Row], list[Reported]]:
    """Return the subdistricts that have reported, and what of each indicator."""
    areas: dict[str, Row] = {}
    indicators: dict[str, Reported] = {}
    for row in month.subdistricts:
        areas.setdefault(row["area_code"], row)
        indicators.setdefault(row["indicator_code"], Reported(row, {})).by_area[row["area_code"]] = row
    return list(areas.values()), list(indicators.values())
