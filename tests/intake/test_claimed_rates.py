"""A rate that a department claims: kept, and held against what the plan's targets give."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.intake.conftest import Home, Receipt, rules_of

HEADER = "报告期,指标编码,数值,本年累计,完成率,备注"


def sent(home: Home, *rows: str) -> Receipt:
    return home.send("\n".join([HEADER, *rows]) + "\n")


def differs(receipt: Receipt) -> list[tuple[str, str]]:
    return [
        (one["text"], one["reason_zh"].partition("计算的 ")[2].partition("%")[0])
        for one in receipt["warnings"]
        if one["rule"] == "claimed_rate_differs"
    ]


def test_a_claimed_rate_is_kept_and_never_taken_over(home: Home) -> None:
    receipt = sent(home, "2025-01,JOBS,600,,97%,")

    assert home.kept(receipt, "value, claimed_rate") == [(600, Decimal(97))]


@pytest.mark.parametrize("claimed", ["20", "20.1", "20%", "19.9％"])
def test_one_that_agrees_to_a_tenth_of_a_point_is_not_told(home: Home, claimed: str) -> None:
    sent(home, "2024-12,JOBS,600,,,")

    receipt = sent(home, f"2025-01,JOBS,600,,{claimed},")

    assert differs(receipt) == []


@pytest.mark.parametrize("claimed", ["20.2", "19.8", "10", "0.2"])
def test_one_that_does_not_is_told_with_the_rate_that_the_plan_gives(home: Home, claimed: str) -> None:
    sent(home, "2024-12,JOBS,600,,,")

    receipt = sent(home, f"2025-01,JOBS,600,,{claimed},")

    assert differs(receipt) == [(claimed, "20")]


def test_a_running_total_counts_in_place_of_the_months_that_it_holds(home: Home) -> None:
    sent(home, "2024-12,JOBS,600,,,", "2025-01,JOBS,600,,,")

    receipt = sent(home, "2025-03,JOBS,,1800,40,")

    assert differs(receipt) == []


def test_a_milestone_is_its_own_rate(home: Home) -> None:
    receipt = sent(home, "2025-01,SCHOOL,60,,80,")

    assert differs(receipt) == [("80", "60")]


def test_an_indicator_without_a_target_has_no_rate_to_differ_from(home: Home) -> None:
    receipt = sent(home, "2025-01,AIR,60,,80,")

    assert differs(receipt) == []


def test_words_for_a_rate_are_refused(home: Home) -> None:
    receipt = sent(home, "2025-01,JOBS,600,,约九成,")

    assert rules_of(receipt["refusals"]) == ["not_a_number"]
