"""The worked cases that an inspection office would check by hand, each built through the whole dbt project.

One plan holds them all, an indicator and a target each, so that a month is built once for many cases.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.progress.district import District
from tests.progress.worked_cases import add_worked_cases

Rows = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def plan(shared_district: District) -> District:
    add_worked_cases(shared_district)
    return shared_district


@pytest.fixture(scope="module")
def september_2023(plan: District) -> Rows:
    return plan.build("2023-09")


@pytest.fixture(scope="module")
def december_2023(plan: District) -> Rows:
    return plan.build("2023-12")


@pytest.fixture(scope="module")
def june_2024(plan: District) -> Rows:
    return plan.build("2024-06")


@pytest.fixture(scope="module")
def december_2025(plan: District) -> Rows:
    return plan.build("2025-12")


def test_an_anchor_bends_the_line_and_changes_what_is_said(september_2023: Rows) -> None:
    bent, straight = september_2023["G01", "2023-01"], september_2023["G01-STRAIGHT", "2023-01"]

    assert (bent["expected_value"], straight["expected_value"]) == (1860, 1500)
    assert (bent["gap_value"], straight["gap_value"]) == (-360, 0)
    assert bent["note"] == "截至2023年9月累计1,500人，应完成1,860人，差360人"


def test_the_slice_of_the_anchor_is_behind_where_the_whole_is_within_bounds(september_2023: Rows) -> None:
    part = september_2023["A01", "2023-01"]

    assert (part["attainment_pct"], part["expected_pct"], part["status"]) == (Decimal("60.5"), 75, "behind")


def test_after_its_anchor_the_line_runs_on_to_the_target(june_2024: Rows) -> None:
    assert june_2024["G01", "2023-01"]["expected_value"] == 3360
    assert june_2024["T25", "2023-01"]["expected_value"] == Decimal("47.5")


def test_rates_of_two_streets_are_added_before_they_are_divided(december_2023: Rows) -> None:
    assert december_2023["STREETS", "2023-01"]["actual_value"] == Decimal("63.333333")


def test_999_of_1000_is_not_100_percent(december_2023: Rows) -> None:
    row = december_2023["NEARLY", "2023-01"]

    assert (row["status"], row["attainment_pct"]) == ("missed", Decimal("99.9"))


def test_nothing_of_nothing_is_not_applicable(december_2023: Rows) -> None:
    row = december_2023["NONE", "2023-01"]

    assert (row["status"], row["light"], row["attainment_pct"]) == ("not_applicable", "grey", None)


def test_two_smoggy_days_of_365_pass_and_three_do_not(december_2023: Rows) -> None:
    assert december_2023["SMOG2", "2023-01"]["status"] == "exceeded"
    assert december_2023["SMOG3", "2023-01"]["status"] == "missed"


def test_nothing_at_all_attains_an_upper_bound_whole(december_2023: Rows) -> None:
    assert december_2023["NOTHING", "2023-01"]["attainment_pct"] == 100


def test_an_upper_bound_undercut_counts_as_more_than_100(december_2023: Rows) -> None:
    row = december_2023["JOBLESS", "2023-01"]

    assert (row["attainment_pct"], row["status_zh"]) == (Decimal("103.1"), "优于目标")


def test_80_is_not_above_80(december_2023: Rows) -> None:
    row = december_2023["LIFE", "2023-01"]

    assert (row["status"], row["attainment_pct"]) == ("missed", Decimal("99.9"))


def test_more_than_asked_is_kept_and_not_capped(december_2023: Rows) -> None:
    row = december_2023["PARKING", "2023-01"]

    assert (row["attainment_pct"], row["status"]) == (Decimal("158.8"), "exceeded")


def test_a_negative_correction_takes_an_achievement_back(december_2023: Rows) -> None:
    row = december_2023["CORRECTED", "2023-01"]

    assert (row["actual_value"], row["status"]) == (80, "not_reported")


def test_a_surplus_of_one_year_does_not_carry_into_another(december_2025: Rows) -> None:
    verdicts = [december_2025["FAIRS", f"{year}-01"]["status"] for year in (2023, 2024, 2025)]

    assert verdicts == ["achieved", "missed", "exceeded"]


def test_zero_after_zero_has_declined(december_2025: Rows) -> None:
    assert [december_2025["DEATHS", f"{year}-01"]["status"] for year in (2023, 2024, 2025)] == [
        "achieved"
    ] * 3


def test_a_decline_over_three_years_does_not_excuse_a_rise_in_one(december_2025: Rows) -> None:
    verdicts = [december_2025["INCIDENTS", f"{year}-01"]["status"] for year in (2023, 2024, 2025)]

    assert verdicts == ["achieved", "missed", "achieved"]


def test_growth_is_measured_from_last_years_actual(december_2025: Rows) -> None:
    assert december_2025["GROWTH", "2024-01"]["actual_value"] == 10
    assert [december_2025["GROWTH", f"{year}-01"]["status"] for year in (2023, 2024, 2025)] == [
        "exceeded", "achieved", "missed",
    ]  # fmt: skip


def test_growth_from_zero_has_no_baseline(december_2023: Rows) -> None:
    row = december_2023["ZERO-GROWTH", "2023-01"]

    assert (row["status"], row["actual_value"], row["attainment_pct"]) == ("no_baseline", None, None)


def test_a_ratio_of_two_standards_falls_when_the_other_one_rises(december_2023: Rows) -> None:
    row = december_2023["CARE-RATIO", "2023-01"]

    assert (row["actual_value"], row["status"]) == (Decimal("1.295000"), "missed")


def test_a_level_may_be_reached_while_its_increase_is_not(december_2023: Rows) -> None:
    assert december_2023["PUPIL", "2023-01"]["status"] == "achieved"
    assert december_2023["PUPIL-MORE", "2023-01"]["status"] == "missed"
