"""What is missing, corrected, taken back or late, and what was known on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.progress.district import EAST, WEST, District, Report, months

Rows = dict[tuple[str, str], dict[str, Any]]
IN_2023 = {"window_end": "2023-12"}


@pytest.fixture(scope="module")
def plan(shared_district: District) -> District:
    """The cases of the first two months, an indicator and a target each."""
    district = shared_district
    district.indicator("ABSENT", Report("2023-01", "100"))
    district.indicator("NIL", Report("2023-01", "100"), Report("2023-02", "0", kind="nil"))
    district.indicator("FIXED", Report("2023-01", "100"), Report("2023-01", "80"))
    district.indicator("GONE", Report("2023-01", "100"), Report("2023-01", kind="withdrawal"))
    both = [Report("2023-01", "70", area=EAST), Report("2023-01", "50", area=WEST), Report("2023-01", "100")]
    district.indicator("BOTH", *both, Report("2023-02", "7", area=EAST), reporting_level="subdistrict")
    for code in ("ABSENT", "NIL", "FIXED", "GONE", "BOTH"):
        district.target(code, code, target_value="1200", **IN_2023)
    stock = [Report("2023-01", "10", area=EAST), Report("2023-01", "4", area=WEST)]
    stock += [Report("2023-02", "11", area=EAST)]
    district.indicator("STOCK", *stock, aggregation="last", reporting_level="subdistrict")
    district.target("STOCK", "STOCK", target_value="15", judged="at_end", pace="level", **IN_2023)
    streets = [Report("2023-01", "30", area=EAST), Report("2023-01", "9", area=WEST)]
    district.indicator("STREETS", *streets, reporting_level="subdistrict")
    district.target("EAST", "STREETS", target_value="240", area_code=EAST, **IN_2023)
    return district


@pytest.fixture(scope="module")
def january(plan: District) -> Rows:
    return plan.build("2023-01")


@pytest.fixture(scope="module")
def february(plan: District) -> Rows:
    return plan.build("2023-02")


def test_a_month_without_a_report_is_absent_and_not_zero(february: Rows) -> None:
    absent, nil = february["ABSENT", "2023-01"], february["NIL", "2023-01"]

    assert (absent["status"], absent["reported_through"]) == ("not_reported", "2023-01")
    assert (nil["status"], nil["actual_value"], nil["reported_through"]) == ("on_track", 100, "2023-02")


def test_nothing_reported_at_all_shows_no_figure(district: District) -> None:
    district.indicator("JOBS")
    district.target("JOBS", "JOBS", target_value="1200")

    row = district.build("2023-02")["JOBS", "2023-01"]

    assert (row["status"], row["actual_value"], row["attainment_pct"], row["gap_value"]) == (
        "not_reported", None, None, None,
    )  # fmt: skip


def test_a_later_report_replaces_the_earlier_and_a_withdrawal_leaves_none(january: Rows) -> None:
    assert january["FIXED", "2023-01"]["actual_value"] == 80
    assert january["GONE", "2023-01"]["actual_value"] is None


@pytest.mark.slow
def test_as_of_shows_what_was_known_that_day_and_not_what_came_later(district: District) -> None:
    district.indicator(
        "JOBS",
        Report("2023-01", "100", recorded_at="2023-02-03 10:00:00"),
        Report("2023-01", "60", recorded_at="2023-03-01 00:00:00"),
    )
    district.target("JOBS", "JOBS", target_value="1200", window_end="2023-12")

    then = district.build("2023-01", as_of=date(2023, 2, 28))["JOBS", "2023-01"]
    now = district.build("2023-01")["JOBS", "2023-01"]

    assert (then["actual_value"], now["actual_value"]) == (100, 60)


@pytest.mark.slow
def test_a_report_is_not_missing_before_its_deadline(district: District) -> None:
    district.indicator("JOBS", Report("2023-01", "100", recorded_at="2023-02-01 10:00:00"))
    district.target("JOBS", "JOBS", target_value="1200", window_end="2023-12")

    before = district.build("2023-02", as_of=date(2023, 3, 5))["JOBS", "2023-01"]
    after = district.build("2023-02", as_of=date(2023, 3, 6))["JOBS", "2023-01"]

    assert (before["status"], after["status"]) == ("on_track", "not_reported")


def test_an_opening_balance_holds_the_months_before_it(district: District) -> None:
    district.indicator(
        "JOBS",
        Report("2023-03", "500"),
        Report("2023-10", "900", kind="opening"),
        Report("2023-11", "50"),
    )
    district.target("JOBS", "JOBS", target_value="1000", window_end="2023-12")

    assert district.build("2023-11")["JOBS", "2023-01"]["actual_value"] == 950


def test_a_figure_of_the_district_outranks_the_sum_of_its_parts(february: Rows) -> None:
    row = february["BOTH", "2023-01"]

    assert row["actual_value"] == 107
    assert (row["parts_due"], row["parts_reported"]) == (4, 3)


def test_a_level_of_the_district_is_the_newest_of_each_part(february: Rows) -> None:
    assert february["STOCK", "2023-01"]["actual_value"] == 15


def test_a_share_of_a_subdistrict_is_judged_by_its_own_reports(january: Rows) -> None:
    row = january["EAST", "2023-01"]

    assert (row["area_code"], row["actual_value"], row["expected_value"]) == (EAST, 30, 20)


def test_a_floor_that_broke_once_is_lost_for_the_year_although_it_recovered(district: District) -> None:
    district.indicator(
        "FOREST", *months("2023-01", "2023-02", "67"), Report("2023-03", "68"), aggregation="last"
    )
    district.target(
        "FOREST", "FOREST", target_value="67.73", judged="throughout", pace="level", window_end="2023-12"
    )

    row = district.build("2023-03")["FOREST", "2023-01"]

    assert (row["status"], row["breaches"], row["actual_value"]) == ("lost", 2, 68)


def test_what_was_reached_late_is_called_so_and_the_closed_year_stays_as_it_was(district: District) -> None:
    district.indicator("HOMES", Report("2023-12", "20"), Report("2024-02", "15"))
    district.target("HOMES", "HOMES", target_value="30", window_end="2023-12", after_window="counts")

    row = district.build("2024-02")["HOMES", "2023-01"]

    assert (row["status"], row["actual_value"], row["attainment_pct"]) == (
        "achieved_late",
        20,
        Decimal("66.7"),
    )


@pytest.mark.slow
def test_a_revised_target_is_in_force_from_its_month_and_the_old_one_stays(district: District) -> None:
    district.indicator("JOBS", *months("2023-01", "2023-06", "100"))
    district.target("OLD", "JOBS", target_value="1200", window_end="2023-12", superseded_by="NEW")
    district.target("NEW", "JOBS", target_value="2400", window_end="2023-12")
    district.revisions = [
        {
            "target_code": "OLD", "replaced_by": "NEW", "revised_on": "2023-06-15",
            "approved_by": "示例区政府", "reason_zh": "示例",
        }
    ]  # fmt: skip

    may, june = district.build("2023-05"), district.build("2023-06")

    assert [may[code, "2023-01"]["in_force"] for code in ("OLD", "NEW")] == [True, False]
    assert [june[code, "2023-01"]["in_force"] for code in ("OLD", "NEW")] == [False, True]
    assert [june[code, "2023-01"]["target_version"] for code in ("OLD", "NEW")] == [1, 2]


def test_a_quarterly_figure_is_not_missing_between_quarters(district: District) -> None:
    district.indicator("INCOME", Report("2023-03", "5"), aggregation="last", frequency="quarterly")
    district.target("INCOME", "INCOME", target_value="4", judged="at_end", pace="level", window_end="2023-12")

    assert district.build("2023-05")["INCOME", "2023-01"]["status"] == "met_so_far"
