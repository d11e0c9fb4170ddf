"""The preview: of which month it is, and when it is rebuilt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from warehouse import editions, home, intake, preview, samples
from warehouse.periods import Period
from warehouse.progress import candidate_of
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

MONTH = Period(2023, 12)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The smallest plan, whose deadline is the 5th of the month after, with its first month taken in."""
    made = Settings(home=tmp_path, plan=PROJECT / "tests" / "plans" / "minimal", stable_seconds=0)
    home.initialise(made)
    samples.write(made, MONTH)
    intake.take_in(made)
    return made


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2023, 12, 25), MONTH),
        (date(2024, 1, 5), MONTH),
        (date(2024, 1, 6), MONTH + 1),
        (date(2024, 1, 31), MONTH + 1),
    ],
)
def test_the_open_month_is_the_one_whose_deadline_comes_next(
    settings: Settings, today: date, month: Period
) -> None:
    assert preview.open_month(settings, today) == month


def test_no_month_is_open_once_the_plan_has_ended(settings: Settings) -> None:
    assert preview.open_month(settings, date(2099, 1, 1)) is None


def test_a_preview_is_a_candidate_and_publishes_nothing(settings: Settings) -> None:
    report = preview.refresh(settings, MONTH)

    assert report is not None
    assert candidate_of(settings, MONTH).build_facts()["marts_sha256"] == report.marts_sha256
    assert editions.editions_of(settings) == []


def test_a_second_refresh_has_nothing_to_do_until_something_arrives(settings: Settings) -> None:
    first, second = (preview.refresh(settings, MONTH) for _ in range(2))
    samples.write(settings, MONTH + 1)
    intake.take_in(settings)

    third = preview.refresh(settings, MONTH)

    assert first is not None
    assert second is None
    assert third is not None
    assert len(third.submissions) > len(first.submissions)
