"""The words of the warehouse, read from the data files that SQL reads too: `dbt_project/seeds/*.csv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from warehouse.settings import PROJECT

_FILES = PROJECT / "dbt_project" / "seeds"


@dataclass(frozen=True)
class Group:
    """Statuses that a leader reads as one; `sign` says it without colour."""

    code: str
    zh: str
    en: str
    sign: str
    is_of_running: bool
    """Whether a window that still runs can be in it."""
    is_of_closed: bool
    """Whether a window that has closed can be in it."""

    @property
    def count_column(self) -> str:
        """The column of `Month.standings` that counts its windows."""
        return f"{self.code}_count"

    @property
    def running_column(self) -> str:
        """The column that counts those of them that still run."""
        return f"{self.code}_running"

    @property
    def closed_column(self) -> str:
        """The column that counts those of them that have closed."""
        return f"{self.code}_closed"


@dataclass(frozen=True)
class Status:
    """A status of the marts; `rank` orders them from best to worst.

    `phase` is what it says of a window: `judged`; `begun`, reported but not judged; `silent`, a report that
    was due did not come; `awaited`, nothing is due yet; `outside`, nothing to judge.
    """

    code: str
    zh: str
    en: str
    cap_zh: str
    cap_en: str
    """What it is called where less is better, if otherwise."""
    former_zh: str
    """What editions of earlier releases called it, if otherwise."""
    sign: str
    light: str
    rank: int
    group: Group
    phase: str


@dataclass(frozen=True)
class Unit:
    """A unit as it follows a figure (`zh`, `en`) and a difference of two figures."""

    zh: str
    en: str
    en_one: str
    """In English after 1."""
    difference_zh: str
    difference_en: str
    is_countable: bool
    wan_from: Decimal | None = None
    yi_from: Decimal | None = None
    """From where figures are written in 万 and in 亿; None for never."""


@dataclass(frozen=True)
class Comparator:
    """How a figure is held against a target; a `{}` stands for an amount with its unit."""

    code: str
    is_cap: bool
    """Whether the figure may not go over it."""
    required_zh: str
    target_zh: str
    target_en: str
    line_zh: str
    line_of_sum_zh: str
    line_en: str
    """What the figure is held against by now: of a level or rate, of a sum, in English."""
    must_zh: str
    must_en: str
    """What has to hold; empty where nothing can be made up for."""


def _rows(name: str) -> list[dict[str, str]]:
    with (_FILES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _group(row: dict[str, str]) -> Group:
    return Group(
        code=row["group_code"],
        zh=row["group_zh"],
        en=row["group_en"],
        sign=row["sign"],
        is_of_running=row["is_of_running"] == "true",
        is_of_closed=row["is_of_closed"] == "true",
    )


def _status(row: dict[str, str]) -> Status:
    return Status(
        code=row["status"],
        zh=row["status_zh"],
        en=row["status_en"],
        cap_zh=row["cap_zh"],
        cap_en=row["cap_en"],
        former_zh=row["former_zh"],
        sign=row["sign"],
        light=row["light"],
        rank=int(row["rank"]),
        group=_GROUPS[row["group_code"]],
        phase=row["phase"],
    )


def _as_cap(status: Status) -> Status:
    return replace(status, zh=status.cap_zh, en=status.cap_en)


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        zh=row["written_zh"],
        en=row["unit_en"],
        en_one=row["unit_en_one"],
        difference_zh=row["difference_zh"],
        difference_en=row["difference_en"],
        is_countable=row["is_countable"] == "true",
        wan_from=Decimal(row["wan_from"]) if row["wan_from"] else None,
        yi_from=Decimal(row["yi_from"]) if row["yi_from"] else None,
    )


def _comparator(row: dict[str, str]) -> Comparator:
    words = {name: row[name] for name in Comparator.__dataclass_fields__ if name.endswith(("_zh", "_en"))}
    return Comparator(code=row["comparator"], is_cap=row["is_cap"] == "true", **words)


_GROUPS = {row["group_code"]: _group(row) for row in _rows("status_groups")}
_UNITS = {row["unit"]: _unit(row) for row in _rows("units")}

GROUPS = tuple(_GROUPS.values())
"""Every measurable target's window is in exactly one of them."""
STATUSES = {row["status"]: _status(row) for row in _rows("statuses")}
"""Each status by its code, the best first."""
COMPARATORS = {row["comparator"]: _comparator(row) for row in _rows("comparators")}
STATUSES_BY_NAME = {
    name: _as_cap(status) if name == status.cap_zh else status
    for status in STATUSES.values()
    for name in (status.zh, status.cap_zh, status.former_zh)
    if name
}
"""Each status by what any edition calls it in Chinese."""

CAUSES_EN = {
    "new_month": "the new month",
    "late_data": "late report",
    "correction": "correction",
    "withdrawal": "withdrawal",
    "hierarchy": "an area's own figure",
    "target_revised": "target revised",
    "method": "method changed",
    "code": "program updated",
    "time": "time moved on",
}
"""Each cause of a change, in English; its Chinese name comes with it. What sums up others has none."""


def status_of(row: Mapping[str, Any]) -> Status:
    """Return the status of a figure, called as its comparator wants it: a cap is bettered, not exceeded."""
    status = STATUSES[row["status"]]
    return _as_cap(status) if status.cap_zh and COMPARATORS[row["comparator"]].is_cap else status


def unit_of(unit: str) -> Unit:
    """Return a unit of the vocabulary; a unit of a plan's own is written as it is in either language."""
    return _UNITS.get(unit) or Unit(unit, unit, unit, unit, unit, is_countable=False)
