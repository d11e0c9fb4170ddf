"""What a target asks, in words: by direction and unit, in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from warehouse.snapshot import wording
from warehouse.snapshot.wording import COMPARATORS, requirement

CAPS = [code for code, words in COMPARATORS.items() if words.is_cap]


def target(comparator: str, **differs: Any) -> dict[str, Any]:
    """Return what the words of a target are made from."""
    return {
        "comparator": comparator,
        "unit": "%",
        "aggregation": "ratio",
        "target_value": Decimal(90),
        "upper_value": None,
        "tolerance": None,
        "decimals": 2,
    } | differs


def laggard(comparator: str, **differs: Any) -> dict[str, Any]:
    """Return a running window that lags."""
    standing = {
        "status": "behind",
        "is_closed": False,
        "actual_value": Decimal(80),
        "expected_value": Decimal(90),
        "gap_value": Decimal(-10),
        "required_monthly": None,
    }
    return target(comparator) | standing | differs


def amounts(each: str, unit: str, comparator: str = "at_least", **differs: Any) -> dict[str, Any]:
    """Return a running sum that lags, and what each month must bring."""
    given = {"unit": unit, "aggregation": "sum", "required_monthly": Decimal(each), "decimals": 0}
    return laggard(comparator, **given | differs)


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        (
            target("between", target_value=Decimal(5), upper_value=Decimal(6)),
            "5%至6%",
            "between 5% and 6%",
        ),
        (
            target("about", target_value=Decimal("92.5"), tolerance=Decimal("0.5")),
            "92.5%左右（±0.5个百分点）",
            "about 92.5% (±0.5 pp)",
        ),
        (target("at_least"), "不低于90%", "at least 90%"),
        (target("at_least", unit="个", aggregation="sum", target_value=Decimal(1)), "1个", "1"),
        (target("at_least", unit="所", decimals=0, target_value=Decimal(1)), "1所", "1 place"),
        (
            target("at_least", unit="元", aggregation="sum", target_value=Decimal(1800000)),
            "180万元",
            "1.8 million yuan",
        ),
        (target("at_most", target_value=Decimal("4.9")), "不高于4.9%", "at most 4.9%"),
        (target("declines", target_value=None), "同比下降", "lower than a year before"),
        (target("zero", target_value=None), "不得发生", "none may happen"),
    ],
)  # fmt: skip
def test_a_target_says_what_is_to_be_reached(row: dict[str, Any], zh: str, en: str) -> None:
    assert (wording.target_zh(row), wording.target_en(row)) == (zh, en)


@pytest.mark.parametrize(
    ("comparator", "aggregation", "word"),
    [
        ("at_least", "sum", "应完成"),
        ("at_least", "ratio", "应达到"),
        ("at_least", "last", "应达到"),
        ("about", "sum", "应完成"),
        ("at_most", "sum", "控制数"),
        ("below", "ratio_last", "控制数"),
        ("zero", "sum", "控制数"),
        ("declines", "sum", "上年同期"),
        ("rises", "last", "上年同期"),
    ],
)
def test_what_was_expected_is_called_by_its_direction(comparator: str, aggregation: str, word: str) -> None:
    assert wording.line_zh(laggard(comparator, aggregation=aggregation)) == word


def test_a_floor_that_must_be_passed_is_not_called_reached() -> None:
    row = laggard("above", target_value=Decimal(0), expected_value=Decimal(0))

    assert (wording.line_zh(row), wording.line_en(row)) == ("须高于", "must exceed")


@pytest.mark.parametrize("comparator", [*CAPS, "declines", "rises"])
def test_caps_and_comparisons_are_never_to_be_completed_or_reached(comparator: str) -> None:
    words = COMPARATORS[comparator]

    assert not {"应完成", "应达到"} & {words.line_zh, words.line_of_sum_zh}
    assert "须达到" not in words.must_zh


@pytest.mark.parametrize(
    ("row", "zh", "about"),
    [
        (amounts("93.878889", "亩", decimals=2), "93.88亩", "后续月均需完成"),
        (amounts("0.05", "个", aggregation="quotient", decimals=2), "0.05个", "后续月均需提高"),
        (amounts("1.666667", "场"), "2场", "后续月均需完成"),
        (amounts("0.1", "个", target_value=Decimal(3), actual_value=Decimal(2)), "1个", "期末前还需完成"),
        (amounts("0.9", "天", comparator="at_most"), "0天", "后续月均不超过"),
        (amounts("0.2", "个", aggregation="last"), "1个", "后续月均需增加"),
        (laggard("at_least", required_monthly=Decimal("0.772163")), "0.78个百分点", "后续月均需提高"),
        (laggard("at_most", required_monthly=Decimal("-0.5")), "0.5个百分点", "后续月均需降低"),
        (laggard("at_most", unit="户", target_value=Decimal(33)), "须降至33户以下", ""),
        (laggard("at_most", unit="项", target_value=Decimal(0)), "须清零", ""),
        (laggard("at_least", target_value=Decimal(100)), "须达到100%", ""),
        (
            laggard("declines", unit="人", target_value=None, expected_value=Decimal(6)),
            "须低于上年同期6人",
            "",
        ),
        (laggard("about", expected_value=Decimal("89.5")), "须达到89.5%", ""),
        (laggard("about", expected_value=Decimal(91), gap_value=Decimal(2)), "须降至91%以下", ""),
    ],
)  # fmt: skip
def test_what_must_come_yet_is_said_by_direction_and_unit(row: dict[str, Any], zh: str, about: str) -> None:
    asked = requirement(row)

    assert asked is not None
    assert (asked.zh, asked.about_zh) == (zh, about)


@pytest.mark.parametrize(
    "row",
    [
        laggard("at_least", status="lost", required_monthly=Decimal(5)),
        laggard("at_least", is_closed=True, status="missed", required_monthly=Decimal(5)),
        laggard("zero", unit="起", aggregation="sum", target_value=None),
    ],
    ids=["lost", "closed", "none may happen"],
)
def test_nothing_is_asked_where_nothing_can_be_made_up_for(row: dict[str, Any]) -> None:
    assert requirement(row) is None


@pytest.mark.parametrize(
    ("row", "zh"),
    [
        (amounts("1", "个", forecast_value=Decimal("99.9"), target_value=Decimal(100)), "99个"),
        (amounts("1", "天", comparator="at_most", forecast_value=Decimal("2.1")), "3天"),
        (amounts("1", "个", decimals=2, forecast_value=Decimal("4.345")), "4.35个"),
        (laggard("at_least", forecast_value=Decimal("89.996"), target_value=Decimal(90)), "89.996%"),
    ],
)
def test_a_forecast_of_whole_things_is_whole_and_never_reaches_by_rounding(
    row: dict[str, Any], zh: str
) -> None:
    assert wording.forecast(row).zh == zh
