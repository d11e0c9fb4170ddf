"""What the real plan says twice, or against itself: which of the two is in force, and which two both are."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.plan.mingshan import PLAN, indicator_of, window_of
from warehouse.plan.folder import Row
from warehouse.plan.shapes import TARGETS

TARGETS_BY_CODE = PLAN.targets
SAID_AGAIN = {
    "T02-08": "T02-04",
    "T02-09": "T02-05",
    "T02-10": "T02-06",
    "T02-11": "T02-07",
    "G02-Q1": "T10-Q4",
    "G03-Q1": "T13-Q1",
    "G06-01": "T24-01",
    "G08-Q1": "T34-02",
    "G09-Q2": "T37-Q1",
    "G09-Q3": "T37-Q2",
    "T41-Q7A": "T41-04",
    "A02-01": "A01-05",
}
NO_TASK = {"A06-01": "A06-Q1", "T31-01": "T31-Q2", "T43-Q5": "G10-Q1"}
"""A forecast, a planned amount and a wish, and the test that is judged in the place of each."""


def asked_by(target: Row) -> tuple[str, ...]:
    """Return what is asked by a target, as it is written: of which figure, when, and how it is judged."""
    asked = ("indicator_code", "window_start", "window_end", "repeat", "comparator", "target_value", "judged")
    return tuple(target.text_as_written(column) for column in asked)


def years_of(target: Row) -> list[tuple[str, str]]:
    """Return the windows of a target that each have a verdict: its only one, or each of its years."""
    start, end = window_of(target)
    if target.text("repeat") == "none":
        return [(start, end)]
    return [(f"{year}-01", f"{year}-12") for year in range(int(start[:4]), int(end[:4]) + 1)]


def test_only_what_is_said_again_or_is_no_task_is_superseded() -> None:
    superseded = {
        row.text("target_code"): row.text("superseded_by")
        for row in PLAN.of(TARGETS)
        if row.is_filled("superseded_by")
    }

    assert superseded == SAID_AGAIN | NO_TASK


@pytest.mark.parametrize(("again", "in_force"), SAID_AGAIN.items())
def test_what_is_said_again_is_the_same_test_of_the_same_months(again: str, in_force: str) -> None:
    assert asked_by(TARGETS_BY_CODE[again]) == asked_by(TARGETS_BY_CODE[in_force])


def test_no_test_is_in_force_twice_for_the_same_months() -> None:
    windows = Counter(
        (row.text("indicator_code"), row.text("comparator"), row.number("target_value"), year)
        for row in PLAN.of(TARGETS)
        if row.is_empty("superseded_by")
        for year in years_of(row)
    )

    assert windows.total() > 300
    assert [window for window, times in windows.items() if times > 1] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("G04-01", "T17-01"),
        ("G08-01", "T34-01"),
        ("G02-Q2", "T08-Q2"),
        ("T13-01", "A04-01"),
        ("T38-02", "A17-01"),
        ("T41-04", "T41-Q3"),
    ],
)
def test_a_contradiction_stays_as_two_targets_of_one_indicator(first: str, second: str) -> None:
    one, other = TARGETS_BY_CODE[first], TARGETS_BY_CODE[second]

    assert indicator_of(one) is indicator_of(other)
    assert one.text("quote_zh") != other.text("quote_zh")
    assert one.is_empty("superseded_by")
    assert other.is_empty("superseded_by")
    assert second in one.text("note_zh") + other.text("note_zh") or first in other.text("note_zh")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("G01-02", "A01-02"),
        ("T06-01", "A02-04"),
        ("T03-01", "A02-02"),
        ("G01-01", "T03-02"),
        ("T36-05", "A11-01"),
        ("T30-02", "A09-01"),
        ("T35-03", "A14-01"),
    ],
)
def test_what_only_looks_alike_is_counted_apart(first: str, second: str) -> None:
    assert indicator_of(TARGETS_BY_CODE[first]) is not indicator_of(TARGETS_BY_CODE[second])
