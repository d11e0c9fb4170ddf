"""What a window is called once it has closed: above all where something is missing, or came too late."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.progress.district import EAST, RATIO, District, Report, months

Rows = dict[tuple[str, str], dict[str, Any]]
IN_2023 = {"window_end": "2023-12"}
LEVEL = {"judged": "at_end", "pace": "level", **IN_2023}


@pytest.fixture(scope="module")
def closed(shared_district: District) -> Rows:
    district = shared_district
    add_absences(district)
    add_breaches(district)
    add_late_ones(district)
    add_quarterly_ones(district)
    district.indicator("FIRST-YEAR", *months("2023-01", "2023-12", "3"), favourable="down")
    district.target("FIRST-YEAR", "FIRST-YEAR", comparator="declines", **LEVEL)
    progress = {"aggregation": "last", "unit": "%", "value_min": "0", "value_max": "100"}
    district.indicator("NEARLY-DONE", Report("2023-12", "99.96"), **progress)
    district.target("NEARLY-DONE", "NEARLY-DONE", comparator="done", pace="none", **IN_2023)
    district.indicator("JOBLESS", Report("2023-12", "4.17"), aggregation="last", favourable="down", unit="%")
    district.target("JOBLESS", "JOBLESS", comparator="at_most", target_value="4.3", **LEVEL)
    return district.build("2024-02")


def add_absences(district: District) -> None:
    district.indicator("NO-DECEMBER", *months("2023-01", "2023-11", "95"), aggregation="last")
    district.indicator("SHORT-NO-DECEMBER", *months("2023-01", "2023-11", "85"), aggregation="last")
    district.indicator("NEVER", aggregation="last")
    district.indicator("FEW-MONTHS", Report("2023-01", "1"), Report("2023-12", "1"), favourable="down")
    district.target("FEW-MONTHS", "FEW-MONTHS", comparator="at_most", target_value="3", **LEVEL)
    fewer = [*months("2022-01", "2022-12", "2"), Report("2023-01", "1"), Report("2023-12", "1")]
    district.indicator("FEWER-MONTHS", *fewer, favourable="down")
    district.target("FEWER-MONTHS", "FEWER-MONTHS", comparator="declines", **LEVEL)
    district.indicator("REFUNDS", *months("2022-02", "2022-12", "5"), *months("2023-01", "2023-12", "6"))
    district.indicator("REFUNDS-GROWTH", aggregation="growth", input_a="REFUNDS", unit="%")
    district.target("REFUNDS-GROWTH", "REFUNDS-GROWTH", target_value="10", **LEVEL)
    district.indicator("TOO-MANY", Report("2023-01", "4"), Report("2023-12", "0"), favourable="down")
    district.target("TOO-MANY", "TOO-MANY", comparator="at_most", target_value="3", **LEVEL)
    for code in ("NO-DECEMBER", "SHORT-NO-DECEMBER", "NEVER"):
        district.target(code, code, target_value="90", **LEVEL)
    rate = Report("2023-12", parts=("95", "100"), area=EAST)
    district.indicator("NO-WEST", rate, reporting_level="subdistrict", **RATIO)
    district.target("NO-WEST", "NO-WEST", target_value="90", **LEVEL)
    jobs = [Report(f"2023-{month:02}", "100", area=EAST) for month in range(1, 13)]
    district.indicator("ENOUGH-EAST", *jobs, reporting_level="subdistrict")
    district.target("ENOUGH-EAST", "ENOUGH-EAST", target_value="1200", judged="at_end", **IN_2023)


def add_breaches(district: District) -> None:
    throughout = {"target_value": "67.73", **LEVEL, "judged": "throughout"}
    low, high = months("2023-01", "2023-02", "67"), months("2023-05", "2023-12", "68")
    district.indicator("BREACHED", *low, *high, aggregation="last")
    district.indicator("UNSEEN-APRIL", *months("2023-01", "2023-03", "68"), *high, aggregation="last")
    district.indicator("HELD", *months("2023-01", "2023-12", "68"), aggregation="last")
    for code in ("BREACHED", "UNSEEN-APRIL", "HELD"):
        district.target(code, code, **throughout)


def add_late_ones(district: District) -> None:
    progress = {"aggregation": "last", "unit": "%", "value_min": "0", "value_max": "100"}
    district.indicator("SCHOOL", Report("2024-02", "100"), **progress)
    district.target("SCHOOL", "SCHOOL", comparator="done", pace="none", **IN_2023)


def add_quarterly_ones(district: District) -> None:
    quarters = [f"{year}-{month:02}" for year in (2022, 2023) for month in (3, 6, 9, 12)]
    visits = [Report(quarter, "50" if quarter < "2023" else "100") for quarter in quarters]
    quarterly = {"frequency": "quarterly"}
    district.indicator("VISITS", *visits, lag_months="1", **quarterly)
    multiple = {"aggregation": "multiple", "input_a": "VISITS", "base_period": "2022", **quarterly}
    district.indicator("VISITS-MULTIPLE", unit="倍", **multiple)
    district.target("VISITS-MULTIPLE", "VISITS-MULTIPLE", target_value="3", judged="at_end", pace="none")
    seats = [
        Report(quarter, "50" if quarter < "2023" else "53") for quarter in quarters if quarter != "2023-09"
    ]
    district.indicator("SEATS", *seats, aggregation="last", **quarterly)
    district.indicator("SEATS-GROWTH", aggregation="growth", input_a="SEATS", unit="%", **quarterly)
    district.target("SEATS-GROWTH", "SEATS-GROWTH", target_value="5", **LEVEL)


def row(rows: Rows, code: str) -> dict[str, Any]:
    return rows[code, "2023-01"]


def test_what_held_when_last_seen_is_not_achieved_without_its_last_month(closed: Rows) -> None:
    found = row(closed, "NO-DECEMBER")

    assert (found["status"], found["light"], found["actual_value"]) == ("not_reported", "grey", 95)
    assert found["note"] == "截至2023年12月未报；截至2023年11月为95人（未报2023-12）"


def test_a_sum_that_lacks_months_has_not_stayed_under_its_bound(closed: Rows) -> None:
    found = row(closed, "FEW-MONTHS")

    assert (found["status"], found["actual_value"], found["reports_received"]) == ("not_reported", 2, 2)


def test_what_lacks_months_that_the_year_before_had_has_not_declined(closed: Rows) -> None:
    found = row(closed, "FEWER-MONTHS")

    assert (found["status"], found["baseline_value"], found["actual_value"]) == ("not_reported", 24, 2)


def test_a_base_year_that_lacks_a_month_is_no_baseline(closed: Rows) -> None:
    found = row(closed, "REFUNDS-GROWTH")

    assert (found["status"], found["actual_value"], found["baseline_value"]) == ("no_baseline", None, None)


def test_a_sum_over_its_bound_is_missed_whatever_the_months_that_it_lacks_hold(closed: Rows) -> None:
    assert row(closed, "TOO-MANY")["status"] == "missed"


def test_what_did_not_hold_when_last_seen_is_missed(closed: Rows) -> None:
    assert row(closed, "SHORT-NO-DECEMBER")["status"] == "missed"


def test_what_closed_without_any_report_is_overdue_unreported_and_not_missed(closed: Rows) -> None:
    found = row(closed, "NEVER")

    assert (found["status"], found["status_zh"], found["light"]) == ("overdue_unreported", "逾期未报", "red")
    assert "未达到目标" not in found["note"]


def test_a_rate_without_one_of_its_parts_is_not_achieved(closed: Rows) -> None:
    found = row(closed, "NO-WEST")

    assert (found["status"], found["coverage_pct"]) == ("not_reported", Decimal("4.2"))
    assert "报送不全" in found["note"]


def test_a_total_reached_without_one_of_its_parts_is_achieved(closed: Rows) -> None:
    assert row(closed, "ENOUGH-EAST")["status"] == "achieved"


def test_a_breach_is_missed_when_the_year_has_closed(closed: Rows) -> None:
    found = row(closed, "BREACHED")

    assert (found["status"], found["status_zh"], found["light"]) == ("missed", "逾期未完成", "red")


def test_only_months_with_a_report_count_as_breaches(closed: Rows) -> None:
    assert row(closed, "BREACHED")["breaches"] == 2


def test_a_floor_is_not_shown_to_have_held_in_a_month_without_a_report(closed: Rows) -> None:
    assert [row(closed, code)["status"] for code in ("UNSEEN-APRIL", "HELD")] == ["not_reported", "exceeded"]


def test_a_milestone_reached_late_is_called_so_although_nothing_came_in_time(closed: Rows) -> None:
    found = row(closed, "SCHOOL")

    assert (found["status"], found["actual_value"], found["note"]) == (
        "achieved_late",
        None,
        "截至2023年12月，期末未达到目标100%；期满后完成，现为100%（未报2023-10、2023-11、2023-12等12个月）",
    )


def test_a_decline_from_an_unknown_year_is_neither_met_nor_missed(closed: Rows) -> None:
    found = row(closed, "FIRST-YEAR")

    assert (found["status"], found["attainment_pct"], found["gap_pp"]) == ("no_baseline", None, None)


def test_a_milestone_short_of_its_end_does_not_show_100(closed: Rows) -> None:
    found = row(closed, "NEARLY-DONE")

    assert (found["status"], found["attainment_pct"]) == ("missed", Decimal("99.9"))


def test_an_upper_bound_undercut_is_said_to_be_better_than_asked(closed: Rows) -> None:
    assert row(closed, "JOBLESS")["note"].startswith("截至2023年12月为4.17%，优于目标（4.3%）0.13个百分点")


def test_growth_of_a_level_needs_only_the_months_that_it_compares(closed: Rows) -> None:
    found = row(closed, "SEATS-GROWTH")

    assert (found["status"], found["actual_value"]) == ("exceeded", 6)


def test_a_quarter_whose_figure_is_not_due_leaves_the_one_before_it(closed: Rows) -> None:
    found = row(closed, "VISITS-MULTIPLE")

    assert (found["status"], found["actual_value"], found["reported_through"]) == (
        "in_progress",
        2,
        "2023-12",
    )
