"""Which windows an inspection office asks about first."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from warehouse.snapshot.report import severity


def window(code: str, status: str, **differs: Any) -> dict[str, Any]:
    """Return a running window of an indicator of its own."""
    return {
        "target_code": code,
        "indicator_code": f"I-{code}",
        "window_start": "2025-01",
        "area_code": "D",
        "in_force": True,
        "comparator": "at_least",
        "status": status,
        "is_closed": False,
        "is_owed": status == "not_reported",
        "months_behind": 1,
        "months_unreported": 0,
        "gap_pp": Decimal(-20),
    } | differs


def order(*windows: dict[str, Any]) -> list[str]:
    """Return the codes in the order in which they are asked about, however they were given."""
    given = list(windows)
    random.Random(7).shuffle(given)
    return [row["target_code"] for row in severity.concerns(given)]


def test_what_cannot_be_met_comes_before_what_lags_and_what_is_silent() -> None:
    found = order(
        window("silent", "not_reported", months_unreported=30),
        window("behind", "behind", months_behind=20),
        window("far", "far_behind"),
        window("lost", "lost", gap_pp=Decimal("-0.1")),
    )

    assert found == ["lost", "far", "behind", "silent"]


def test_of_one_kind_the_longest_comes_first_then_the_widest_gap() -> None:
    found = order(
        window("short and wide", "behind", months_behind=2, gap_pp=Decimal(-90)),
        window("long", "behind", months_behind=9),
        window("long and wide", "behind", months_behind=9, gap_pp=Decimal(-40)),
    )

    assert found == ["long and wide", "long", "short and wide"]


def test_a_direction_without_a_gap_comes_after_what_is_measured() -> None:
    found = order(
        window("direction", "behind", months_behind=30, gap_pp=None),
        window("measured", "behind", gap_pp=Decimal("-0.5")),
    )

    assert found == ["measured", "direction"]


def test_gaps_beyond_a_hundred_are_told_apart() -> None:
    found = order(
        window("all", "far_behind", gap_pp=Decimal(-100)),
        window("more", "far_behind", gap_pp=Decimal(-201)),
        window("most", "far_behind", gap_pp=Decimal(-224)),
    )

    assert found == ["most", "more", "all"]


def test_what_ties_stands_by_its_code() -> None:
    assert order(window("b", "behind"), window("c", "behind"), window("a", "behind")) == ["a", "b", "c"]


def test_an_owed_base_is_a_silence() -> None:
    rows = severity.concerns([window("base", "no_baseline", is_owed=True)])

    assert [row["target_code"] for row in severity.silent(rows)] == ["base"]


def test_closed_repeated_and_evidence_windows_are_not_asked_about() -> None:
    assert (
        order(
            window("closed", "missed", is_closed=True),
            window("repeated", "behind", in_force=False),
            window("evidence", "behind", comparator="evidence"),
            window("fine", "on_track"),
        )
        == []
    )


def test_the_first_five_are_of_five_indicators() -> None:
    twins = [window(f"twin {number}", "lost", indicator_code="I") for number in range(3)]
    others = [window(f"other {number}", "behind") for number in range(9)]

    first = severity.worst(severity.concerns([*twins, *others]))

    assert [row["target_code"] for row in first] == ["twin 0", "other 0", "other 1", "other 2", "other 3"]
