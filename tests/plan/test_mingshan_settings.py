"""The settings of the real plan, and where each has its value from."""

from __future__ import annotations

import re

from tests.plan.mingshan import PLAN, TEXT
from warehouse.plan.shapes import SETTINGS, STATUS_RULES


def rules_of(pace: str) -> list[tuple[str, str, str]]:
    """Return the thresholds of one pace, from the mildest on: status, points, light."""
    return [
        (row.text("status"), row.text_as_written("max_lag_pp"), row.text("light"))
        for row in PLAN.of(STATUS_RULES)
        if row.text("pace") == pace
    ]


def test_reporting_starts_with_the_month_of_issue() -> None:
    assert "成文日期: | 2023-11-30" in TEXT
    assert (PLAN.setting("issued_on"), PLAN.setting("reporting_starts")) == ("2023-11-30", "2023-11")


def test_the_plan_bears_the_title_that_it_was_issued_under() -> None:
    assert re.search(rf"^{re.escape(PLAN.setting('title_zh'))}$", TEXT, re.M)


def test_it_is_the_plan_of_the_whole_district() -> None:
    area = PLAN.areas[PLAN.setting("area_code")]

    assert (area.text("name_zh"), area.text("level")) == ("明山区", "district")


def test_a_month_is_reported_from_its_25th_to_the_5th_of_the_next() -> None:
    # The design's window for reminders; the plan itself only says 定期 (section 3).
    assert PLAN.setting("deadline_day") == "5"


def test_days_are_those_of_china() -> None:
    assert PLAN.setting("timezone") == "Asia/Shanghai"


def test_years_are_calendar_years_and_completion_has_one_decimal() -> None:
    # The plan says neither: the defaults.
    assert (PLAN.setting("year_starts"), PLAN.setting("attainment_decimals")) == ("1", "1")


def test_there_are_no_other_settings_than_these_and_the_code_of_the_plan() -> None:
    assert {row.text("key") for row in PLAN.of(SETTINGS)} == {
        "plan_code", "title_zh", "issued_on", "area_code", "reporting_starts", "deadline_day", "timezone",
        "year_starts", "attainment_decimals",
    }  # fmt: skip


def test_up_to_10_points_behind_is_on_pace_up_to_30_is_yellow_and_the_rest_is_red() -> None:
    # A published rule of such boards; the plan has none.
    assert rules_of("growing") == [
        ("on_track", "10", "green"),
        ("behind", "30", "yellow"),
        ("far_behind", "", "red"),
    ]


def test_what_is_owed_all_the_time_and_broken_is_yellow_at_once_and_red_from_10_points_on() -> None:
    assert rules_of("level") == [("behind", "10", "yellow"), ("far_behind", "", "red")]
