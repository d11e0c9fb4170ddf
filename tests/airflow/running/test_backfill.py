"""A backfill from the command line: months in their order, each once; and clearing what has run."""

from __future__ import annotations

import re
import shlex

import pytest

from deployment import backfills
from deployment.embedded import Airflow, Run
from tests.airflow.conftest import SILENT
from tests.airflow.running.conftest import BACKFILLED, command, end_of, states
from warehouse import editions
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def published(settings: Settings) -> list[str]:
    return [edition.name for edition in editions.editions_of(settings) if edition.period in BACKFILLED]


def test_a_year_has_twelve_runs_each_with_its_month(airflow: Airflow, settings: Settings) -> None:
    page = (PROJECT / "docs" / "orchestration.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"```sh\nairflow (backfill create.*?)```", page, flags=re.DOTALL)

    said = command(settings, *shlex.split(written.replace("\\\n", " ")), "--dry-run")

    assert [str(month) for month in Period(2024, 1).through(Period(2024, 12)) if str(month) not in said] == []


def test_a_backfill_on_a_new_home_has_the_schedule_publish_no_other_month(
    airflow: Airflow, settings: Settings, backfilled: list[Run]
) -> None:
    made = [run for run in airflow.api.runs("publish_monthly") if run.run_type == "scheduled"]

    ended = [end_of(airflow, run) for run in made]

    assert [set(states(airflow, run).values()) for run in ended] == [{"skipped"}] * len(made)
    assert {edition.period for edition in editions.editions_of(settings)} <= {*BACKFILLED, str(SILENT)}


def test_each_month_is_published_once(settings: Settings, backfilled: list[Run]) -> None:
    assert [run.state for run in backfilled] == ["success", "success"]
    assert published(settings) == [f"{month}/r1" for month in BACKFILLED]


def test_the_months_follow_each_other_in_the_chain_of_editions(
    settings: Settings, backfilled: list[Run]
) -> None:
    manifests = {one.name: one.manifest() for one in editions.editions_of(settings)}
    before: list[str] = []
    name = f"{BACKFILLED[1]}/r1"
    while previous := manifests[name]["previous"]:  # the month of today may be published in between
        name = previous["edition"]
        before.append(name)

    assert f"{BACKFILLED[0]}/r1" in before


def test_the_months_of_a_backfill_are_told_by_the_ids_that_airflow_gives_to_its_runs(
    backfilled: list[Run],
) -> None:
    first, second = (run.run_id for run in backfilled)

    assert backfills.before(second, [first, second]) == BACKFILLED[:1]
    assert backfills.before(first, [first, second]) == []


@pytest.mark.parametrize("task_id", ["await_deadline", "publish"])
def test_what_is_cleared_runs_again_with_all_after_it_and_changes_nothing(
    airflow: Airflow, settings: Settings, backfilled: list[Run], task_id: str
) -> None:
    airflow.api.clear(backfilled[0], task_id)

    run = end_of(airflow, airflow.api.run(backfilled[0]))

    tries = {task.task_id: task.try_number for task in airflow.api.tasks(run)}
    assert set(states(airflow, run).values()) == {"success"}
    assert tries[task_id] > 1
    assert tries["publish"] > 1
    assert published(settings) == [f"{month}/r1" for month in BACKFILLED]
