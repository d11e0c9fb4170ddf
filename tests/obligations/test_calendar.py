"""By which day a month is due: the plan's own day, working days, and extensions."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from warehouse import home, ledger
from warehouse.settings import PROJECT, Settings


class Calendar:
    """A copy of the minimal plan (due by the 5th) with days off and extensions as the test writes them."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder / "home", plan=folder / "plan")
        shutil.copytree(PROJECT / "tests" / "plans" / "minimal", self.settings.plan)
        for file in ("holidays.csv", "extensions.csv"):
            (self.settings.plan / file).unlink()

    def holidays(self, *rows: str) -> None:
        (self.settings.plan / "holidays.csv").write_text("\n".join(["day,kind,name_zh", *rows, ""]))

    def extensions(self, *rows: str) -> None:
        header = "organization_code,period,deadline,reason_zh,approved_by"
        (self.settings.plan / "extensions.csv").write_text("\n".join([header, *rows, ""]))

    def deadline(self, period: str, organization: str = "ENVIRONMENT") -> date:
        home.initialise(self.settings)
        with ledger.reading(self.settings) as connection:
            ((deadline,),) = connection.execute(
                "select distinct deadline from plan.current_figures_due "
                "where due_period = ? and organization_code = ?",
                [period, organization],
            ).fetchall()
        assert isinstance(deadline, date)
        return deadline


@pytest.fixture
def calendar(tmp_path: Path) -> Calendar:
    return Calendar(tmp_path)


@pytest.mark.parametrize("period", ["2024-03", "2024-09", "2024-12"])
def test_without_days_off_it_is_the_plans_day_whatever_day_of_the_week(
    calendar: Calendar, period: str
) -> None:
    year, month = divmod(int(period[:4]) * 12 + int(period[5:]), 12)

    assert calendar.deadline(period) == date(year, month + 1, 5)


def test_a_deadline_on_a_day_off_moves_to_the_next_working_day(calendar: Calendar) -> None:
    calendar.holidays(*(f"2024-10-0{day},holiday,国庆节" for day in range(1, 8)))

    assert calendar.deadline("2024-09") == date(2024, 10, 8)


def test_a_deadline_on_a_weekend_moves_to_monday(calendar: Calendar) -> None:
    calendar.holidays("2025-01-01,holiday,元旦")

    assert calendar.deadline("2024-12") == date(2025, 1, 6)


def test_a_weekend_that_is_worked_is_a_working_day(calendar: Calendar) -> None:
    calendar.holidays(
        "2024-04-05,holiday,清明节", "2024-04-06,holiday,清明节", "2024-04-07,workday,清明节调休上班"
    )

    assert calendar.deadline("2024-03") == date(2024, 4, 7)


def test_a_year_whose_days_off_are_not_listed_keeps_the_plans_day(calendar: Calendar) -> None:
    calendar.holidays("2024-10-01,holiday,国庆节")

    assert calendar.deadline("2024-12") == date(2025, 1, 5)


def test_an_extension_is_for_one_organization_and_one_month(calendar: Calendar) -> None:
    calendar.extensions("ENVIRONMENT,2024-09,2024-10-20,系统更换,区政府")

    assert calendar.deadline("2024-09") == date(2024, 10, 20)
    assert calendar.deadline("2024-09", "LABOUR") == date(2024, 10, 5)
    assert calendar.deadline("2024-10") == date(2024, 11, 5)


def test_a_new_extension_is_a_new_version_of_the_plan_and_the_old_deadline_stays_known(
    calendar: Calendar,
) -> None:
    first = calendar.deadline("2024-09")
    calendar.extensions("ENVIRONMENT,2024-09,2024-10-20,系统更换,区政府")
    calendar.deadline("2024-09")

    with ledger.reading(calendar.settings) as connection:
        known = connection.execute(
            "select distinct deadline from plan.figures_due "
            "where due_period = '2024-09' and organization_code = 'ENVIRONMENT' order by deadline"
        ).fetchall()
    assert known == [(first,), (date(2024, 10, 20),)]


def test_the_districts_own_calendar_moves_what_falls_on_the_published_days_off(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, plan=PROJECT / "seeds")
    home.initialise(settings)

    with ledger.reading(settings) as connection:
        moved = connection.execute(
            "select distinct due_period, strftime(deadline, '%m-%d') from plan.current_figures_due "
            "where day(deadline) <> 5 and due_period < '2025-10'"
        ).fetchall()
    assert dict(moved) == {
        "2024-03": "04-07",
        "2024-04": "05-06",
        "2024-09": "10-08",
        "2024-12": "01-06",
        "2025-03": "04-07",
        "2025-04": "05-06",
        "2025-06": "07-07",
        "2025-09": "10-09",
    }
