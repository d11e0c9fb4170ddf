"""A backfill from the command line: months in their order, each once; and clearing what has run."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from deployment.embedded import Airflow, Run
from tests.airflow.conftest import FIRST, end_of, states
from warehouse import editions
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

MONTHS = [str(FIRST), str(FIRST + 1)]


def command(settings: Settings, *words: str) -> str:
    """Run Airflow's command line for this home, as the documentation says."""
    variables = os.environ | {"MINSHENG_HOME": str(settings.home), "MINSHENG_PLAN": str(settings.plan)}
    done = subprocess.run(
        [sys.executable, "-m", "deployment.command", *words],
        env=variables, cwd=PROJECT, check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return done.stdout


def backfill(first: Period, last: Period, *more: str) -> list[str]:
    """Return the words of the command that makes these months."""
    return [
        "backfill", "create", "--dag-id", "publish_monthly", "--from-date", str(first.day(1)),
        "--to-date", str(last.day(28)), "--max-active-runs", "1", *more,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def backfilled(airflow: Airflow, settings: Settings, taken_in: Run) -> list[Run]:
    """The runs of a backfill of two months, ended, in the order in which they were made."""
    command(settings, *backfill(FIRST, FIRST + 1))
    while len(runs := [run for run in airflow.api.runs("publish_monthly") if run.key in MONTHS]) < len(
        MONTHS
    ):
        airflow.check()
        time.sleep(0.5)
    return [end_of(airflow, run) for run in reversed(runs)]


def published(settings: Settings) -> list[str]:
    return [edition.name for edition in editions.editions_of(settings) if edition.period in MONTHS]


def test_a_year_has_twelve_runs_each_with_its_month(airflow: Airflow, settings: Settings) -> None:
    said = command(settings, *backfill(Period(2024, 1), Period(2024, 12), "--dry-run"))

    assert [str(month) for month in Period(2024, 1).through(Period(2024, 12)) if str(month) not in said] == []


def test_each_month_is_published_once(settings: Settings, backfilled: list[Run]) -> None:
    assert [run.state for run in backfilled] == ["success", "success"]
    assert published(settings) == [f"{month}/r1" for month in MONTHS]


def test_a_month_is_compared_with_the_one_before_it(settings: Settings, backfilled: list[Run]) -> None:
    first, second = (editions.find(settings, month).manifest() for month in MONTHS)

    assert first["previous"] is None
    assert second["previous"]["edition"] == f"{MONTHS[0]}/r1"


@pytest.mark.parametrize("task_id", ["await_deadline", "build", "check", "decide", "publish"])
def test_a_task_that_is_cleared_runs_again_and_changes_nothing(
    airflow: Airflow, settings: Settings, backfilled: list[Run], task_id: str
) -> None:
    airflow.api.clear(backfilled[0], task_id)

    run = end_of(airflow, airflow.api.run(backfilled[0]))

    assert set(states(airflow, run).values()) == {"success"}
    assert published(settings) == [f"{month}/r1" for month in MONTHS]
