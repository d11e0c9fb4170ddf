"""Which plan judges a month: that of its last edition where later months were published, else the newest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from tests.progress.district import District, Report, months
from warehouse import ledger
from warehouse.errors import UsageError
from warehouse.periods import Period
from warehouse.progress.plan_in_force import plan_in_force

Choose = Callable[..., str]


@pytest.fixture
def choose(district: District) -> Choose:
    """Load two plans, and return which one judges a month."""
    versions = {}
    for name, target in (("first", "1200"), ("second", "2400")):
        district.indicator("JOBS", *months("2024-01", "2024-02", "100"))
        district.target("JOBS", "JOBS", target_value=target, window_start="2024-01", window_end="2024-12")
        district.reports = []
        district.write()
        with ledger.reading(district.settings) as connection:
            ((versions[name],),) = connection.execute(
                "select plan_version from plan.current_version"
            ).fetchall()

    def chosen(
        period: str, published: dict[str, str], as_of: date | None = None, *, of_now: bool = False
    ) -> str:
        for month, plan in published.items():
            folder = district.settings.editions / month / "r1"
            folder.mkdir(parents=True)
            (folder / "manifest.json").write_text(
                json.dumps({"plan_version": versions[plan]}), encoding="utf-8"
            )
        with ledger.sharing(district.settings) as attachment:
            found = plan_in_force(district.settings, attachment, Period.parse(period), as_of, of_now=of_now)
        return next(name for name, version in versions.items() if version == found.plan_version)

    return chosen


def test_a_month_that_was_never_published_is_judged_by_the_newest_plan(choose: Choose) -> None:
    assert choose("2024-01", {}) == "second"


def test_an_earlier_month_keeps_the_plan_of_its_edition(choose: Choose) -> None:
    assert choose("2024-01", {"2024-01": "first", "2024-02": "second"}) == "first"


def test_an_earlier_month_takes_the_newest_plan_when_asked_to(choose: Choose) -> None:
    assert choose("2024-01", {"2024-01": "first", "2024-02": "second"}, of_now=True) == "second"


def test_the_newest_month_is_judged_by_the_newest_plan(choose: Choose) -> None:
    assert choose("2024-02", {"2024-01": "first", "2024-02": "first"}) == "second"


def test_a_day_before_the_first_plan_was_loaded_is_judged_by_it(choose: Choose) -> None:
    assert choose("2024-01", {}, date(2024, 2, 1)) == "first"


def test_each_year_of_a_yearly_target_may_have_a_value_of_its_own(district: District) -> None:
    district.indicator("FAIRS", Report("2023-12", "3"), Report("2024-12", "3"), frequency="annual")
    district.target("FAIRS", "FAIRS", target_value="2", repeat="yearly")
    district.yearly_values = [
        {"target_code": "FAIRS", "year": "2024", "target_value": "4", "upper_value": ""}
    ]

    rows = district.build("2024-12")

    assert [(row["target_value"], row["status"]) for _, row in sorted(rows.items())] == [
        (2, "exceeded"),
        (4, "missed"),
    ]


def test_a_month_before_the_plan_begins_is_refused_in_one_sentence(choose: Choose) -> None:
    with pytest.raises(UsageError, match="opens in 2024-01, so there is nothing to judge in 2023-12"):
        choose("2023-12", {})
