"""How words of the real plan that name no number are read: one way, wherever they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.plan.mingshan import PLAN, indicator_of
from warehouse.plan.folder import Row
from warehouse.plan.shapes import TARGETS

BETTER = {"above", "below", "rises", "declines"}
WHOLE = Decimal(100)


def quoting(words: str) -> list[Row]:
    return [row for row in PLAN.of(TARGETS) if words in row.text("quote_zh")]


@pytest.mark.parametrize(
    "words", ["稳步", "持续提高孤儿", "持续推动", "不断提高", "多渠道增加", "扩大中等收入群体"]
)
def test_what_is_to_grow_steadily_is_better_each_year_than_the_year_before(words: str) -> None:
    assert quoting(words)
    assert {row.text("repeat") for row in quoting(words)} == {"yearly"}
    assert {row.text("comparator") for row in quoting(words)} <= BETTER


@pytest.mark.parametrize(
    "words", ["进一步提高工伤", "进一步缩小", "逐步缩小城乡救助", "适时提高", "明显提高", "“提低扩中”"]
)
def test_what_is_to_grow_further_or_in_due_time_is_better_in_2025_than_in_2022(words: str) -> None:
    assert quoting(words)
    for row in quoting(words):
        assert (row.text("repeat"), row.text("judged"), row.number("target_value")) == ("none", "at_end", 0)
        assert row.text("comparator") in {"above", "below"}
        assert indicator_of(row).text("aggregation") == "increment"
        assert indicator_of(row).text_as_written("base_period") == "2022-12"


def test_what_is_to_be_mostly_done_is_done_for_nine_in_ten() -> None:
    mostly = {row.text("target_code"): row.number("target_value") for row in quoting("基本完成")}
    mostly |= {
        row.text("target_code"): row.number("target_value")
        for row in quoting("基本消除")
        if "黑臭水体" in indicator_of(row).text("name_zh")
    }

    assert mostly == {"G09-Q1": 90, "G08-Q2": 90}


def test_cases_that_are_all_to_be_done_are_lost_with_the_first_that_was_not() -> None:
    whole = {
        row.text("target_code"): row.text("judged")
        for row in PLAN.of(TARGETS)
        if indicator_of(row).text("aggregation") == "ratio" and row.number("target_value") == WHOLE
    }

    assert whole.keys() >= {"G03-Q3", "T15-Q1", "T43-01", "T43-02", "T44-02", "T44-04", "A06-Q1", "A21-02"}
    assert set(whole.values()) == {"throughout"}


@pytest.mark.parametrize("code", ["G08-Q1", "T34-02", "A13-01"])
def test_the_share_of_days_that_may_be_foul_is_a_budget_of_two(code: str) -> None:
    target = PLAN.targets[code]

    assert (target.text("comparator"), target.number("target_value")) == ("at_most", 2)
    assert (target.text("judged"), indicator_of(target).text("aggregation")) == ("throughout", "sum")


@pytest.mark.parametrize("code", ["T34-05", "A13-02"])
def test_sections_of_rivers_are_judged_by_the_mean_of_the_year(code: str) -> None:
    target = PLAN.targets[code]

    assert target.text("judged") == "at_end"
    assert "累计均值" in indicator_of(target).text("numerator_name_zh")


def test_two_tests_of_one_standard_are_decided_at_the_same_time() -> None:
    assert {PLAN.targets[code].text("judged") for code in ("T17-02", "T17-03")} == {"at_end"}
