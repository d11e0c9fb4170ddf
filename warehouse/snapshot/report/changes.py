"""What changed since the month before: what stands better or worse, what fell silent, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from warehouse.snapshot.month import Month, Row
from warehouse.snapshot.wording import CAUSES_EN, STATUSES_BY_NAME, Status, status_of

Key = tuple[str, str, str]
"""Target, first month of its window, area: what one row of `Month.figures` is about."""


@dataclass(frozen=True)
class Direction:
    """One kind of change; every change of a status is of exactly one."""

    code: str
    zh: str
    en: str
    sign: str


DIRECTIONS = {
    direction.code: direction
    for direction in (
        Direction("worse", "退步", "worse", "↓"),
        Direction("silenced", "停报", "no longer reported", "○"),
        Direction("better", "好转", "better", "↑"),
        Direction("reported", "补报", "reported at last", "●"),
        Direction("closed", "期满", "closed", "■"),
        Direction("begun", "新进入考核期", "newly under judgement", "＋"),
        Direction("judged", "转入评价", "judged from now on", "→"),
        Direction("unjudged", "暂不评价", "not judged", "–"),
    )
}
"""By code, in the order in which the report tells of them."""
_NOT_REPORTED = ("未报送", "not reported")
_SPOKE = ("judged", "begun", "outside")
"""Phases of a window whose report came."""


@dataclass(frozen=True)
class Move:
    """A figure whose status differs between the two editions."""

    figure: Row
    direction: Direction
    before: Status | None
    """None where the earlier edition did not have the window."""
    after: Status
    causes: tuple[str, str]
    """Why, in Chinese and in English."""


@dataclass(frozen=True)
class Changes:
    """The moves from one edition to this one, by direction; empty for the very first edition."""

    compared_with: str | None
    moves: list[Move] = field(default_factory=list)
    """In the order of the directions, within each the worst first."""
    retargeted: list[Row] = field(default_factory=list)
    """Figures whose target itself is another one now."""

    def of(self, code: str) -> list[Move]:
        """Return the moves in one direction."""
        return [move for move in self.moves if move.direction.code == code]


def key_of(row: Mapping[str, Any]) -> Key:
    """Return what a row is about."""
    return row["target_code"], row["window_start"], row["area_code"]


def changes_of(month: Month, compared_with: str | None, found: Iterable[Mapping[str, Any]]) -> Changes:
    """Sort what `editions diff` found between the earlier edition, `2024-12/r1`, and this month."""
    changes = Changes(compared_with)
    if compared_with is None:
        return changes
    period_before = compared_with.partition("/")[0]
    figures = {key_of(row): row for row in month.figures if row["in_force"]}
    for change in found:
        figure = figures.get(key_of(change))
        if figure is None:
            continue
        if not change["is_new"] and change["target_before"] != change["target_after"]:
            changes.retargeted.append(figure)
        if change["is_new"] or change["status_before"] != change["status_after"]:
            move = _move(figure, change, period_before)
            if not _waits(move):
                changes.moves.append(move)
    places = {code: place for place, code in enumerate(DIRECTIONS)}
    changes.moves.sort(key=lambda move: (places[move.direction.code], -move.after.rank, key_of(move.figure)))
    return changes


def direction_of(before: Status | None, after: Status, *, was_closed: bool, is_closed: bool) -> Direction:
    """Say what kind of change it is from one status to another; `before` is None for a new window.

    Better and worse are only between two judged statuses, in a window that has not closed in between. A
    window closes with the edition that first says how it ended: later than its end where the figure is.
    """
    was = "awaited" if before is None else before.phase
    closes = is_closed and (not was_closed or was == "awaited")
    return DIRECTIONS[_code_of(before, after, was, closes=closes)]


def _code_of(before: Status | None, after: Status, was: str, *, closes: bool) -> str:
    """Return the first that holds."""
    is_silent = after.phase == "silent"
    kinds = {
        "silenced": is_silent and (was in _SPOKE or (was == "silent" and not closes)),
        "reported": was == "silent" and after.phase in _SPOKE,
        "closed": closes,
        "begun": was == "awaited" and (before is None or after.phase != "awaited"),
        "unjudged": after.phase != "judged",
        "judged": was != "judged",
        "worse": before is not None and after.rank > before.rank,
    }
    return next((code for code, holds in kinds.items() if holds), "better")


def _waits(move: Move) -> bool:
    """Say whether nothing was due before and nothing is due now: that is no change to tell of."""
    return move.before is not None and move.before.phase == move.after.phase == "awaited"


def _move(figure: Row, change: Mapping[str, Any], period_before: str) -> Move:
    causes = {one["cause"]: one["cause_zh"] for one in change["causes"] if one["cause"] in CAUSES_EN}
    before, after = STATUSES_BY_NAME.get(change["status_before"]), status_of(figure)
    end = figure["window_end"]
    direction = direction_of(
        before, after, was_closed=end <= period_before, is_closed=end <= figure["period"]
    )
    # What came of another input is not why a window fell silent.
    said = _NOT_REPORTED if direction.code == "silenced" else None
    words = said or ("、".join(causes.values()), ", ".join(CAUSES_EN[cause] for cause in causes))
    return Move(figure, direction, before, after, words)
