"""Which months are open, over, missed or outside the plan, and what is said of a month that was missed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.obligations.conftest import Reporting
from warehouse import clock, editions, home, ledger, notifications, obligations
from warehouse.errors import MonthRefusedError
from warehouse.obligations import Calendar
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

JUNE = Period(2023, 6)
"""Due by 5 July."""
MARCH, DECEMBER = Period(2023, 3), Period(2023, 12)


def calendar(made_on: str = "2023-04-01", published: tuple[Period, ...] = ()) -> Calendar:
    """A plan of the months from March to December 2023, each due by the 5th of the next."""
    deadlines = {period: (period + 1).day(5) for period in MARCH.through(DECEMBER)}
    return Calendar(deadlines, date.fromisoformat(made_on), frozenset(published))


def causes(settings: Settings) -> list[str]:
    return [incident.cause for incident in notifications.open_incidents(settings)]


def watch(settings: Settings, day: str) -> list[str]:
    return obligations.watch_publication(settings, date.fromisoformat(day))


def make_at(settings: Settings, day: str) -> None:
    """Let the home have been made on that day."""
    with ledger.writing(settings) as connection:
        connection.execute("update plan.versions set loaded_at = cast(? as timestamp)", [day])


@pytest.mark.parametrize(
    ("today", "month"),
    [
        ("2023-06-25", JUNE),
        ("2023-07-05", JUNE),
        ("2023-07-06", JUNE + 1),
        ("2024-01-05", DECEMBER),
        ("2024-01-06", None),
    ],
)
def test_the_open_month_is_the_one_whose_deadline_comes_next_until_the_plan_ends(
    today: str, month: Period | None
) -> None:
    assert calendar().open_month(date.fromisoformat(today)) == month


def test_a_month_may_be_published_on_the_day_after_its_deadline(reporting: Reporting) -> None:
    assert obligations.calendar_of(reporting.settings).publishable_from(JUNE) == date(2023, 7, 6)


def test_days_off_move_that_day(tmp_path: Path) -> None:
    district = Settings(home=tmp_path, plan=PROJECT / "seeds")
    home.initialise(district)

    # The 5th of October lies in the days off of the National Day, 1 to 7 October 2024.
    assert obligations.calendar_of(district).publishable_from(Period(2024, 9)) == date(2024, 10, 9)


def test_after_the_last_target_only_months_with_late_figures_are_published(tmp_path: Path) -> None:
    district = Settings(home=tmp_path, plan=PROJECT / "seeds")
    home.initialise(district)

    after = [str(one) for one in obligations.calendar_of(district).deadlines if one > Period(2025, 12)]

    # Targets end with 2025-12; some statistics of 2025 come one, three, six or twelve months later.
    assert after == ["2026-01", "2026-03", "2026-06", "2026-12"]


def test_a_month_outside_the_plan_has_no_such_day() -> None:
    assert calendar().publishable_from(DECEMBER + 1) is None


@pytest.mark.parametrize(
    ("period", "why"),
    [
        (DECEMBER + 1, "from 2023-03 to 2023-12, has no figures for"),
        (MARCH + -1, "from 2023-03 to 2023-12, has no figures for"),
        (JUNE, "2023-06 is not over: publish it from 2023-07-01 on"),
    ],
)
def test_a_month_outside_the_plan_or_not_over_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, period: Period, why: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2023-06-30T23:59"))

    with pytest.raises(MonthRefusedError, match=why):
        calendar().require_publishable(period)


def test_a_month_that_is_over_may_be_published_though_its_deadline_is_to_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2023-07-01"))

    calendar().require_publishable(JUNE)


@pytest.mark.parametrize(("made_on", "is_passed_over"), [("2023-07-05", False), ("2023-07-06", True)])
def test_the_schedule_makes_up_for_no_month_whose_deadline_had_passed_when_the_home_was_made(
    made_on: str, is_passed_over: bool
) -> None:
    backfilled = calendar(made_on, published=(MARCH, MARCH + 1))

    assert (backfilled.passed_over(JUNE) is not None) is is_passed_over


def test_the_schedule_publishes_nothing_after_the_end_of_the_plan() -> None:
    assert calendar().passed_over(DECEMBER + 1) == "The plan has no figures for 2024-01: nothing is published"


def test_every_month_of_a_time_without_airflow_is_missed_the_oldest_first() -> None:
    until_may = calendar(published=tuple(MARCH.through(MARCH + 2)))

    assert until_may.missed(date(2023, 9, 7)) == [JUNE, JUNE + 1, JUNE + 2]


def test_a_month_is_not_missed_on_the_day_on_which_it_is_to_be_published() -> None:
    until_may = calendar(published=tuple(MARCH.through(MARCH + 2)))

    assert until_may.missed(date(2023, 7, 6)) == []
    assert until_may.missed(date(2023, 7, 7)) == [JUNE]


def test_through_a_bad_year_every_morning_knows_what_is_missing_until_it_is_made_up_for() -> None:
    mornings = [
        ("2023-06-05", MARCH.through(MARCH + 0), ["2023-04"]),
        ("2023-06-06", MARCH.through(MARCH + 1), []),
        # Airflow was off for three months, of which the schedule made the newest.
        ("2023-09-07", [*MARCH.through(MARCH + 1), MARCH + 5], ["2023-05", "2023-06", "2023-07"]),
        ("2023-09-08", MARCH.through(MARCH + 5), []),
        # After the plan's end.
        ("2024-06-07", MARCH.through(DECEMBER), []),
    ]

    for day, published, missing in mornings:
        known = calendar("2023-04-01", tuple(published))
        assert [str(period) for period in known.missed(date.fromisoformat(day))] == missing


def test_a_new_home_has_missed_nothing_though_it_published_older_months() -> None:
    backfilled = calendar("2024-02-01", published=(MARCH, MARCH + 1))

    assert backfilled.missed(date(2024, 2, 10)) == []


def test_a_month_between_two_editions_is_missed_whenever_the_home_was_made() -> None:
    with_a_gap = calendar("2024-02-01", published=(MARCH, MARCH + 2))

    assert with_a_gap.missed(date(2024, 2, 10)) == [MARCH + 1]


def test_each_missed_month_is_one_incident_however_often_it_is_looked_for(reporting: Reporting) -> None:
    make_at(reporting.settings, "2023-05-06")

    first = watch(reporting.settings, "2023-07-07")
    again = watch(reporting.settings, "2023-07-08")

    assert first == again == ["2023-05", "2023-06"]
    assert causes(reporting.settings) == ["unpublished 2023-05", "unpublished 2023-06"]


def test_status_lists_the_missed_months(reporting: Reporting) -> None:
    make_at(reporting.settings, "2026-02-06")

    assert obligations.status(reporting.settings, JUNE).missed == ["2026-02"]


def test_a_month_about_which_something_else_is_known_is_not_told_of_twice(reporting: Reporting) -> None:
    make_at(reporting.settings, "2023-06-06")
    notifications.report_incident(reporting.settings, "decision 2023-06", "2023-06 待审批", "请决定", "docs")

    assert watch(reporting.settings, "2023-07-07") == []
    assert causes(reporting.settings) == ["decision 2023-06"]


def test_a_missed_month_whose_incident_a_person_closed_is_not_told_of_again(reporting: Reporting) -> None:
    make_at(reporting.settings, "2023-06-06")
    watch(reporting.settings, "2023-07-07")
    notifications.close_incident(reporting.settings, "unpublished 2023-06", "样例：本月不发布")

    assert watch(reporting.settings, "2023-07-08") == []
    assert causes(reporting.settings) == []


@pytest.mark.slow
def test_every_incident_of_a_month_ends_when_it_is_published_by_whatever_way(checked: Settings) -> None:
    make_at(checked, "2024-01-01")
    notifications.report_incident(checked, "publish_monthly 2023-11", "2023-11 运行失败", "样例", "docs")
    missing = watch(checked, "2024-01-20")
    notifications.report_incident(checked, "publish_monthly 2023-12", "2023-12 运行失败", "样例", "docs")
    editions.publish(checked, Period(2023, 12))

    assert missing == ["2023-12"]
    assert watch(checked, "2024-01-21") == []
    assert causes(checked) == ["publish_monthly 2023-11"]
