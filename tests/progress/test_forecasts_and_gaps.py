"""Where a window is heading, how far it is from its line, and what its note says of what is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.progress.district import EAST, RATIO, WEST, District, Report, months

Rows = dict[tuple[str, str], dict[str, Any]]
IN_2023 = {"window_end": "2023-12"}
THROUGHOUT = {"judged": "throughout", "pace": "level", **IN_2023}
LEVEL = {"judged": "at_end", "pace": "level", **IN_2023}


@pytest.fixture(scope="module")
def september(shared_district: District) -> Rows:
    add_sums(shared_district)
    add_levels(shared_district)
    add_breaches(shared_district)
    add_parts(shared_district)
    return shared_district.build("2023-09")


@pytest.fixture(scope="module")
def november(shared_district: District, september: Rows) -> Rows:
    assert september
    return shared_district.build("2023-11")


def add_sums(district: District) -> None:
    quarters = [Report("2023-03", "60"), Report("2023-06", "90"), Report("2023-09", "120")]
    district.indicator("QUARTERLY", *quarters, frequency="quarterly")
    district.target("QUARTERLY", "QUARTERLY", target_value="390", **IN_2023)
    district.target("THREE-YEARS", "QUARTERLY", target_value="1350")
    thirds = [Report("2023-06", "60"), Report("2023-07", "10"), Report("2023-08", "10")]
    district.indicator("THIRDS", *thirds, Report("2023-09", "20"))
    district.target("THIRDS", "THIRDS", target_value="140", **IN_2023)


def add_levels(district: District) -> None:
    rates = [Report("2023-06", parts=("1", "6")), Report("2023-09", parts=("1", "5"))]
    district.indicator("SHARE", *rates, **RATIO)
    district.target("SHARE", "SHARE", target_value="50", judged="at_end", pace="level")
    district.indicator("LIFE", Report("2023-09", "80"), aggregation="last", unit="岁")
    district.target("LIFE", "LIFE", comparator="above", target_value="80", **LEVEL | {"pace": "none"})


def add_breaches(district: District) -> None:
    jobless = {"aggregation": "last", "favourable": "down", "unit": "%"}
    high, low = months("2023-01", "2023-01", "5.5"), months("2023-02", "2023-09", "4.5")
    district.indicator("JOBLESS", *high, *low, **jobless)
    district.target("JOBLESS", "JOBLESS", comparator="at_most", target_value="5", **THROUGHOUT)
    quiet = months("2023-01", "2023-08", "0")
    after = months("2023-10", "2023-11", "0")
    district.indicator("EVENTS", *quiet, Report("2023-09", "1"), *after, unit="起", favourable="down")
    district.target("EVENTS", "EVENTS", comparator="zero", **THROUGHOUT)


def add_parts(district: District) -> None:
    east = months("2023-01", "2023-09", "10", area=EAST)
    west = months("2023-01", "2023-06", "10", area=WEST)
    district.indicator("STREETS", *east, *west, reporting_level="subdistrict")
    district.target("STREETS", "STREETS", target_value="240", **IN_2023)


def row(rows: Rows, code: str) -> dict[str, Any]:
    return rows[code, "2023-01"]


def test_a_quarterly_total_goes_on_at_its_newest_quarter(september: Rows) -> None:
    found = row(september, "QUARTERLY")

    assert (found["forecast_value"], found["forecast_meets_target"]) == (390, True)


def test_a_quarterly_total_over_three_years_has_nine_quarters_to_go(september: Rows) -> None:
    found = row(september, "THREE-YEARS")

    assert (found["forecast_value"], found["required_monthly"]) == (1350, 40)


def test_between_quarters_a_total_is_heading_where_it_was(september: Rows, november: Rows) -> None:
    columns = ("forecast_value", "forecast_meets_target", "required_monthly")

    assert [row(november, "QUARTERLY")[name] for name in columns] == [
        row(september, "QUARTERLY")[name] for name in columns
    ]


def test_a_pace_in_thirds_is_multiplied_before_it_is_rounded(september: Rows) -> None:
    found = row(september, "THIRDS")

    assert (found["forecast_value"], found["forecast_meets_target"]) == (140, True)


def test_a_rate_in_thirds_leaves_no_noise_behind(september: Rows) -> None:
    found = row(september, "SHARE")

    assert (found["forecast_value"], found["forecast_meets_target"]) == (50, True)


def test_what_is_held_under_100_is_as_far_ahead_as_it_is_shown(september: Rows) -> None:
    found = row(september, "LIFE")

    assert (found["attainment_pct"], found["gap_pp"]) == (Decimal("99.9"), Decimal("99.9"))


def test_what_broke_once_shows_what_it_attains_now(september: Rows) -> None:
    found = row(september, "JOBLESS")

    assert (found["status"], found["attainment_pct"], found["gap_pp"]) == (
        "lost",
        Decimal("111.1"),
        Decimal("11.1"),
    )


def test_what_is_lost_is_not_foreseen_to_be_met(september: Rows) -> None:
    found = row(september, "JOBLESS")

    assert (found["forecast_value"], found["forecast_meets_target"]) == (Decimal("4.5"), False)


def test_one_accident_is_one_accident_in_the_months_after_it_too(november: Rows) -> None:
    assert row(november, "EVENTS")["note"] == "截至2023年11月累计1起，应为0起，本考核期已无法达标"


def test_a_subdistrict_that_did_not_report_is_named(september: Rows) -> None:
    assert row(september, "STREETS")["note"].endswith("（部分未报：应报18份，实报15份，缺西街道）")
