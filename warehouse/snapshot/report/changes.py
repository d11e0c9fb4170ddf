"""What changed since the month before: which targets stand better, which worse, which are new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from warehouse.snapshot.month import Month, Row
from warehouse.snapshot.wording import CAUSES_EN, STATUSES, STATUSES_BY_NAME, Status

Key = tuple[str, str, str]
"""Target, first month of its window, area: what one row of `Month.figures` is about."""


@dataclass(frozen=True)
class Move:
    """A figure whose status differs between the two editions."""

    figure: Row
    before: Status
    after: Status
    causes: tuple[str, str]
    """Why, in Chinese and in English."""


@dataclass(frozen=True)
class Changes:
    """The moves from one edition to this one, the worst first; empty for the very first edition."""

    compared_with: str | None
    worse: list[Move] = field(default_factory=list)
    better: list[Move] = field(default_factory=list)
    begun: list[Row] = field(default_factory=list)
    """Windows that the earlier edition did not have yet."""
    retargeted: list[Row] = field(default_factory=list)
    """Figures whose target itself is another one now."""


def key_of(row: Mapping[str, Any]) -> Key:
    """Return what a row is about."""
    return row["target_code"], row["window_start"], row["area_code"]


def changes_of(month: Month, compared_with: str | None, found: Iterable[Mapping[str, Any]]) -> Changes:
    """Sort what `editions diff` found between the earlier edition and this month."""
    figures = {key_of(row): row for row in month.figures if row["in_force"]}
    changes = Changes(compared_with)
    for change in found:
        figure = figures.get(key_of(change))
        if figure is None:
            continue
        if change["is_new"]:
            changes.begun.append(figure)
            continue
        if change["target_before"] != change["target_after"]:
            changes.retargeted.append(figure)
        if change["status_before"] != change["status_after"]:
            move = _move(figure, change)
            (changes.worse if move.after.rank > move.before.rank else changes.better).append(move)
    changes.worse.sort(key=lambda move: -move.after.rank)
    changes.better.sort(key=lambda move: move.after.rank)
    return changes


def _move(figure: Row, change: Mapping[str, Any]) -> Move:
    causes = {one["cause"]: one["cause_zh"] for one in change["causes"] if one["cause"] in CAUSES_EN}
    before, after = STATUSES_BY_NAME[change["status_before"]], STATUSES[figure["status"]]
    in_english = ", ".join(CAUSES_EN[cause] for cause in causes)
    return Move(figure, before, after, ("、".join(causes.values()), in_english))
