"""How figures, targets and standings are worded: short, exact, by direction and unit, in both languages."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.settings import PROJECT
from warehouse.snapshot import report, wording
from warehouse.snapshot.wording import GROUPS, STATUSES, amount
from warehouse.snapshot.workbook.looks import GROUP_COLOURS, GROUP_TINTS

STYLE = Path(report.__file__).parent.parent / "templates" / "style.css"
FIGURES = st.decimals(-(10**12), 10**12, places=6, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "beside", "text"),
    [
        ("6000.000000", None, "6,000"),
        ("0.909091", None, "0.91"),
        ("0.000000", None, "0"),
        ("-0.001", None, "0"),
        ("-10.33", None, "−10.33"),
        ("2.005", None, "2.01"),
        ("99.996", "100", "99.996"),
        ("100", "100", "100"),
    ],
)
def test_a_figure_is_short_but_never_looks_equal_to_what_it_is_not(
    value: str, beside: str | None, text: str
) -> None:
    assert wording.figure(Decimal(value), Decimal(beside) if beside else None) == text


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("1800000", "元", "180万元", "1.8 million yuan"),
        ("212263333.32", "元", "2.12亿元", "212.26 million yuan"),
        ("4200000000", "元", "42亿元", "4.2 billion yuan"),
        ("99999", "元", "99,999元", "99,999 yuan"),
        ("2223600", "立方米", "222.36万立方米", "2.22 million m³"),
        ("6000", "人", "6,000人", "6,000 persons"),
        ("1", "所", "1所", "1 place"),
        ("2", "系数", "2", "2"),
        ("-0.3", "百分点", "−0.3个百分点", "−0.3 pp"),
        ("4.9", "%", "4.9%", "4.9%"),
        ("7", "公顷／年", "7公顷／年", "7 公顷／年"),
    ],
)
def test_an_amount_has_its_unit_and_large_ones_are_scaled(value: str, unit: str, zh: str, en: str) -> None:
    found = amount(Decimal(value), unit)

    assert (found.zh, found.en) == (zh, en)


@given(value=FIGURES, other=FIGURES)
def test_unequal_amounts_never_look_equal(value: Decimal, other: Decimal) -> None:
    for unit in ("元", "立方米", "%"):
        one, two = amount(value, unit, other), amount(other, unit, value)
        assert (one.zh == two.zh) == (value == other)
        assert (one.en == two.en) == (value == other)


@given(value=st.decimals(10**8, 10**10, places=6), step=st.decimals("0.000001", "0.01", places=6))
def test_large_amounts_that_hardly_differ_never_look_equal(value: Decimal, step: Decimal) -> None:
    assert amount(value, "元", value + step).zh != amount(value + step, "元", value).zh


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("-10.33", "%", "−10.33个百分点", "−10.33 pp"),
        ("622", "人", "+622人", "+622 persons"),
        ("-207736666.68", "元", "−2.08亿元", "−207.74 million yuan"),
        ("-0.000003", "倍", "−0.000003倍", "−0.000003 times"),
        ("0", "人", "0人", "0 persons"),
    ],
)
def test_a_difference_has_its_sign_and_of_rates_is_in_points(value: str, unit: str, zh: str, en: str) -> None:
    found = wording.difference(Decimal(value), unit)

    assert (found.zh, found.en) == (zh, en)


@pytest.mark.parametrize(
    ("value", "most", "text"),
    [
        ("88.40", 2, "88.4%"),
        ("0.00", 2, "0.0%"),
        ("100.00", 1, "100.0%"),
        ("91.67", 1, "91.7%"),
        ("91.67", 2, "91.67%"),
        ("99.96", 1, "99.96%"),
        ("99.99", 2, "99.99%"),
        ("-3.80", 1, "−3.8%"),
    ],
)
def test_a_percentage_has_one_decimal_and_never_reaches_a_hundred_by_rounding(
    value: str, most: int, text: str
) -> None:
    assert wording.percent(Decimal(value), most) == text


def test_no_figure_is_a_dash_and_never_zero() -> None:
    nothing = {
        wording.figure(None),
        wording.percent(None),
        wording.points(None),
        amount(None, "人").zh,
        wording.difference(None, "人").en,
    }

    assert nothing == {"—"}


def test_the_statuses_are_those_of_the_warehouse() -> None:
    with (PROJECT / "dbt_project" / "seeds" / "statuses.csv").open(encoding="utf-8") as stream:
        seeded = [(row["status"], row["status_zh"], int(row["rank"])) for row in csv.DictReader(stream)]

    assert [(one.code, one.zh, one.rank) for one in STATUSES.values()] == seeded
    assert [one.rank for one in STATUSES.values()] == sorted(one.rank for one in STATUSES.values())


def test_silence_ranks_below_every_judgement() -> None:
    judged = [one.rank for one in STATUSES.values() if one.phase == "judged"]

    assert max(judged) < min(one.rank for one in STATUSES.values() if one.phase == "silent")


def test_every_group_has_its_colour_on_the_page_and_in_the_workbook() -> None:
    style = STYLE.read_text(encoding="utf-8")
    codes = [group.code for group in GROUPS]

    assert all(f".{code} {{ color:" in style for code in codes)
    assert list(GROUP_COLOURS) == codes == list(GROUP_TINTS)


def test_one_group_has_one_light() -> None:
    for group in GROUPS:
        lights = {status.light for status in STATUSES.values() if status.group is group}
        assert len(lights) == 1, group.code


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        ({"status": "behind", "months_behind": 9}, "连续滞后9个月", "behind for 9 months"),
        ({"status": "not_reported", "months_unreported": 3}, "连续3个月未报", "3 months without a report"),
        ({"status": "on_track"}, "", ""),
    ],
)
def test_a_row_of_bad_months_is_told(row: dict[str, Any], zh: str, en: str) -> None:
    assert wording.streak({"months_behind": 0, "months_unreported": 0} | row) == (zh, en)


def test_what_fell_silent_keeps_its_last_status_in_sight() -> None:
    row = {"status": "not_reported", "last_status": "far_behind", "last_status_period": "2025-03"}

    assert wording.last_known(row) == ("此前为严重滞后（2025年3月）", "before: far behind (2025-03)")


def test_what_is_reported_needs_no_last_status() -> None:
    row = {"status": "behind", "last_status": "far_behind", "last_status_period": "2025-03"}

    assert wording.last_known(row) == ("", "")


@pytest.mark.parametrize(
    ("score", "zh"),
    [
        ({}, "3 / 18"),
        ({"is_rank_tied": True}, "3 / 18（并列）"),
        ({"leads_few_windows": True, "judged_windows": 2}, "3 / 18（仅2个考核期）"),
        (
            {"is_rank_tied": True, "leads_few_windows": True, "judged_windows": 1},
            "3 / 18（并列，仅1个考核期）",
        ),
        ({"lead_rank": None}, "未排名（本月有未报数据）"),
        ({"lead_rank": None, "judged_windows": 0}, "未排名（暂无可评价的考核期）"),
    ],
)
def test_a_rank_says_of_how_many_and_what_it_is_worth(score: dict[str, Any], zh: str) -> None:
    usual = {
        "lead_rank": 3,
        "ranked_organizations": 18,
        "judged_windows": 40,
        "is_rank_tied": False,
        "leads_few_windows": False,
    }

    assert wording.rank(usual | score)[0] == zh
