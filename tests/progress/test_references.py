"""What a figure is compared with: its baseline, its line, and where it is heading."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.progress.district import RATIO, District, Report, months

Rows = dict[tuple[str, str], dict[str, Any]]
IN_2023 = {"window_end": "2023-12"}
LEVEL = {"judged": "at_end", "pace": "level", **IN_2023}
LINE = {"judged": "at_end", "pace": "linear", **IN_2023}
PROGRESS = {"aggregation": "last", "unit": "%", "value_min": "0", "value_max": "100"}


@pytest.fixture(scope="module")
def june(shared_district: District) -> Rows:
    district = shared_district
    district.indicator("REFUNDS", *months("2022-01", "2022-12", "100"), *months("2023-01", "2023-06", "110"))
    district.indicator("GROWTH", aggregation="growth", input_a="REFUNDS", unit="%")
    district.target("GROWTH", "GROWTH", target_value="10", **LEVEL)
    district.indicator("TIMES", aggregation="multiple", input_a="REFUNDS", base_period="2022", unit="倍")
    district.target("TIMES", "TIMES", target_value="2", **LEVEL)
    levels = {"aggregation": "last", "base_period": "2022-12"}
    district.indicator("BEDS", Report("2022-12", "40"), *months("2023-01", "2023-06", "52"), **levels)
    for pace in ("linear", "level"):
        district.target(f"BEDS-{pace.upper()}", "BEDS", target_value="60", **LEVEL | {"pace": pace})
    district.indicator("MORE-BEDS", aggregation="increment", input_a="BEDS", base_period="2022-12")
    district.target("MORE-BEDS", "MORE-BEDS", target_value="20", **LINE)
    district.indicator("NEW-BEDS", *months("2023-01", "2023-06", "52"), **levels)
    district.target("NEW-BEDS", "NEW-BEDS", target_value="60", **LINE)
    district.indicator("AIR", Report("2022-12", "87"), Report("2023-06", "89"), **levels)
    district.target("AIR", "AIR", comparator="about", target_value="88", tolerance="1", **LINE)
    district.indicator(
        "DEATHS", *months("2022-01", "2022-12", "2"), *months("2023-01", "2023-06", "1"), favourable="down"
    )
    district.target("DEATHS", "DEATHS", comparator="declines", **LEVEL)
    district.indicator("FEW", *months("2023-01", "2023-06", "1"), favourable="down")
    district.target("FEW", "FEW", comparator="at_most", target_value="24", **LINE)
    district.indicator("SCHOOL", Report("2023-03", "10"), Report("2023-06", "40"), **PROGRESS)
    district.target("SCHOOL", "SCHOOL", comparator="done", pace="none", **IN_2023)
    cases = [Report(f"2023-0{month}", parts=("9", "10")) for month in (5, 6)]
    district.indicator("CASES", Report("2022-12", parts=("8", "10")), *cases, base_period="2022-12", **RATIO)
    district.target("CASES", "CASES", target_value="95", **LINE)
    district.target("CASES-NOW", "CASES", target_value="95", **LEVEL)
    return district.build("2023-06")


def row(rows: Rows, code: str) -> dict[str, Any]:
    return rows[code, "2023-01"]


def test_growth_and_multiples_show_the_figure_that_they_are_measured_from(june: Rows) -> None:
    assert [
        (row(june, code)["baseline_value"], row(june, code)["actual_value"]) for code in ("GROWTH", "TIMES")
    ] == [
        (600, 10),
        (600, Decimal("1.1")),
    ]


def test_a_level_shows_its_base_whatever_its_pace(june: Rows) -> None:
    assert [row(june, code)["baseline_value"] for code in ("BEDS-LINEAR", "BEDS-LEVEL", "MORE-BEDS")] == [
        40,
        40,
        40,
    ]


def test_a_level_runs_from_its_base_to_its_target(june: Rows) -> None:
    found = row(june, "BEDS-LINEAR")

    assert (found["expected_value"], found["gap_value"], found["expected_pct"]) == (50, 2, 50)
    assert (found["way_gone_pct"], found["gap_pp"]) == (60, 10)


def test_a_level_without_its_base_has_no_line_and_says_so(june: Rows) -> None:
    found = row(june, "NEW-BEDS")

    assert (found["status"], found["expected_value"], found["expected_pct"]) == ("no_baseline", None, None)
    assert "缺基期数据" in found["note"]


def test_a_band_that_holds_its_base_has_no_way_to_go(june: Rows) -> None:
    found = row(june, "AIR")

    assert (found["expected_value"], found["expected_pct"], found["way_gone_pct"]) == (87, 100, None)


def test_a_decline_is_foreseen_against_the_whole_year_before(june: Rows) -> None:
    found = row(june, "DEATHS")

    assert (found["baseline_value"], found["forecast_value"], found["forecast_meets_target"]) == (
        12,
        12,
        True,
    )


def test_what_a_cap_still_allows_is_what_each_month_may_bring(june: Rows) -> None:
    assert row(june, "FEW")["required_monthly"] == 3


def test_a_milestone_says_what_each_month_must_bring(june: Rows) -> None:
    assert row(june, "SCHOOL")["required_monthly"] == 10


def test_a_rate_says_by_how_many_points_each_month_must_raise_it(june: Rows) -> None:
    assert row(june, "CASES")["required_monthly"] == Decimal("0.833333")


def test_what_must_hold_at_once_is_spread_over_no_months(june: Rows) -> None:
    assert row(june, "CASES-NOW")["required_monthly"] is None
