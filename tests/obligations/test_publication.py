"""When a month may be published, and what is said of a month that was not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.obligations.conftest import Reporting
from warehouse import editions, home, notifications, obligations
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

JUNE = Period(2023, 6)
"""Due by 5 July."""


def causes(settings: Settings) -> list[str]:
    return [incident.cause for incident in notifications.open_incidents(settings)]


def watch(settings: Settings, day: str) -> str | None:
    return obligations.watch_publication(settings, date.fromisoformat(day))


def test_a_month_may_be_published_on_the_day_after_its_deadline(reporting: Reporting) -> None:
    assert obligations.publishable_from(reporting.settings, JUNE) == date(2023, 7, 6)


def test_days_off_move_that_day(tmp_path: Path) -> None:
    district = Settings(home=tmp_path, plan=PROJECT / "seeds")
    home.initialise(district)

    # The 5th of October lies in the days off of the National Day, 1 to 7 October 2024.
    assert obligations.publishable_from(district, Period(2024, 9)) == date(2024, 10, 9)


def test_a_month_outside_the_plan_has_no_such_day(reporting: Reporting) -> None:
    assert obligations.publishable_from(reporting.settings, Period(2030, 1)) is None


@pytest.mark.parametrize("day", ["2023-07-05", "2023-07-06"])
def test_nothing_is_missing_before_a_month_could_have_been_published(reporting: Reporting, day: str) -> None:
    assert watch(reporting.settings, day) == "2023-05"


def test_a_month_that_was_not_published_is_one_incident_however_often_it_is_looked_for(
    reporting: Reporting,
) -> None:
    first = watch(reporting.settings, "2023-07-07")
    again = watch(reporting.settings, "2023-07-08")

    assert (first, again) == ("2023-06", "2023-06")
    assert causes(reporting.settings) == ["unpublished 2023-06"]


def test_a_month_about_which_something_else_is_known_is_not_told_of_twice(reporting: Reporting) -> None:
    notifications.report_incident(reporting.settings, "decision 2023-06", "2023-06 待审批", "请决定", "docs")

    assert watch(reporting.settings, "2023-07-07") is None
    assert causes(reporting.settings) == ["decision 2023-06"]


@pytest.mark.slow
def test_the_incident_ends_when_the_month_is_published(checked: Settings) -> None:
    missing = watch(checked, "2024-01-20")
    editions.publish(checked, Period(2023, 12))

    assert missing == "2023-12"
    assert watch(checked, "2024-01-21") is None
    assert causes(checked) == []
