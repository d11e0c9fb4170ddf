"""What changed since the edition before, as the report sorts it."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from warehouse.snapshot.month import Month
from warehouse.snapshot.report.changes import DIRECTIONS, Changes, changes_of, direction_of
from warehouse.snapshot.wording import STATUSES, Status

BEFORE = "2023-11/r1"
PRAISE = "better"


def status(code: str | None) -> Status | None:
    return None if code is None else STATUSES[code]


def direction(before: str | None, after: str, *, was_closed: bool = False, is_closed: bool = False) -> str:
    """Return the kind of a change between two statuses, by code."""
    return direction_of(
        status(before), STATUSES[after], was_closed=was_closed, is_closed=was_closed or is_closed
    ).code


def every_change() -> list[tuple[str | None, str, bool, bool]]:
    """Return every two statuses, in a window that runs, closes in between, or had closed before."""
    times = ((False, False), (False, True), (True, True))
    return [(before, after, *closed) for before, after, closed in product([None, *STATUSES], STATUSES, times)]


def is_judged(code: str | None) -> bool:
    return code is not None and STATUSES[code].phase == "judged"


def test_every_change_is_of_one_kind() -> None:
    found = {
        direction(before, after, was_closed=was, is_closed=now) for before, after, was, now in every_change()
    }

    assert found == set(DIRECTIONS)


def test_only_a_judgement_after_a_judgement_is_better_or_worse() -> None:
    for before, after, was, now in every_change():
        if direction(before, after, was_closed=was, is_closed=now) in ("better", "worse"):
            assert is_judged(before), (before, after)
            assert is_judged(after), (before, after)
            assert was == now, (before, after)


def test_better_is_only_what_ranks_better() -> None:
    for before, after, was, now in every_change():
        if before and direction(before, after, was_closed=was, is_closed=now) == PRAISE:
            assert STATUSES[after].rank <= STATUSES[before].rank


@pytest.mark.parametrize("before", [code for code in STATUSES if is_judged(code)])
@pytest.mark.parametrize("after", ["not_reported", "overdue_unreported"])
@pytest.mark.parametrize("closes", [False, True])
def test_who_falls_silent_is_told_as_silent(before: str, after: str, closes: bool) -> None:
    assert direction(before, after, is_closed=closes) == "silenced"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("not_reported", "behind", "reported"),
        ("not_reported", "achieved", "reported"),
        ("overdue_unreported", "missed", "reported"),
        ("not_started", "in_progress", "begun"),
        ("not_started", "not_reported", "begun"),
        ("awaiting_source", "met_so_far", "begun"),
        (None, "not_started", "begun"),
        (None, "on_track", "begun"),
        ("in_progress", "not_reported", "silenced"),
        ("in_progress", "behind", "judged"),
        ("no_baseline", "on_track", "judged"),
        ("behind", "no_baseline", "unjudged"),
        ("far_behind", "not_applicable", "unjudged"),
        ("far_behind", "behind", "better"),
        ("missed", "achieved_late", "better"),
        ("on_track", "lost", "worse"),
    ],
)
def test_a_change_within_a_running_window(before: str | None, after: str, kind: str) -> None:
    assert direction(before, after) == kind


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("on_track", "achieved", "closed"),
        ("on_track", "missed", "closed"),
        ("not_started", "missed", "closed"),
        ("on_track", "awaiting_source", "closed"),
        ("not_reported", "overdue_unreported", "closed"),
        (None, "missed", "closed"),
        ("not_reported", "missed", "reported"),
    ],
)
def test_a_window_that_closed_is_told_as_closed(before: str | None, after: str, kind: str) -> None:
    assert direction(before, after, is_closed=True) == kind


def test_what_was_awaited_after_the_close_closes_when_it_comes() -> None:
    assert direction("awaiting_source", "achieved", was_closed=True) == "closed"


def change(row: dict[str, Any], **differs: Any) -> dict[str, Any]:
    """Return what `editions diff` says of a figure that did not change, save for what is given."""
    same = {
        "is_new": False,
        "target_before": row["target_value"],
        "target_after": row["target_value"],
        "status_before": row["status_zh"],
        "status_after": row["status_zh"],
        "causes": [{"cause": "new_month", "cause_zh": "新月份报送"}],
    }
    return {name: row[name] for name in ("target_code", "window_start", "area_code")} | same | differs


def running(month: Month, status: str) -> dict[str, Any]:
    """Return a window in force that still runs and stands so."""
    return next(
        row for row in month.figures if row["in_force"] and not row["is_closed"] and row["status"] == status
    )


def since(month: Month, *changes: dict[str, Any]) -> Changes:
    return changes_of(month, BEFORE, changes)


def test_moves_are_sorted_by_their_kind_the_worst_first(month: Month) -> None:
    met, behind = running(month, "met_so_far"), running(month, "behind")

    found = since(month, change(met, status_before="滞后"), change(behind, status_before="达到序时进度"))

    assert [(move.figure, move.direction.code) for move in found.moves] == [
        (behind, "worse"),
        (met, "better"),
    ]


def test_an_earlier_release_may_have_called_a_status_otherwise(month: Month) -> None:
    behind = running(month, "behind")

    (move,) = since(month, change(behind, status_before="达到序时")).moves

    assert (move.before, move.direction.code) == (STATUSES["on_track"], "worse")


def test_a_cap_that_was_bettered_is_known_by_that_name(month: Month) -> None:
    met = running(month, "met_so_far")

    (move,) = since(month, change(met, status_before="优于目标")).moves

    assert move.before is not None
    assert (move.before.code, move.before.zh) == ("exceeded", "优于目标")


def test_a_new_window_is_begun_and_neither_better_nor_worse(month: Month) -> None:
    row = running(month, "on_track")

    (move,) = since(month, change(row, is_new=True, status_before=None)).moves

    assert (move.figure, move.before, move.direction.code) == (row, None, "begun")


def test_what_waited_and_still_waits_is_no_change(month: Month) -> None:
    row = running(month, "awaiting_source")

    assert since(month, change(row, status_before="未到期")).moves == []


def test_a_revised_target_is_told_apart(month: Month) -> None:
    row = running(month, "behind")

    found = since(month, change(row, target_before=Decimal(-1)))

    assert (found.retargeted, found.moves) == ([row], [])
