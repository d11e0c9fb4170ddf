"""The two DAGs in a real Airflow: from inboxes to an edition, once; and what becomes of a month held back."""

from __future__ import annotations

import time

import pytest

from deployment.embedded import Airflow, Run
from tests.airflow.conftest import FIRST
from warehouse import editions, ledger
from warehouse.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

SILENT = FIRST + 2
"""A month for which no department has sent anything."""


@pytest.fixture(scope="module")
def taken_in(airflow: Airflow) -> Run:
    return ended(airflow, "ingest_submissions")


def ended(airflow: Airflow, dag_id: str, month: str | None = None, conf: dict[str, str] | None = None) -> Run:
    """Run a DAG to its end, good or bad."""
    run = airflow.api.trigger(dag_id, month, conf)
    while not run.has_ended:
        airflow.check()
        time.sleep(0.5)
        run = airflow.api.run(run)
    return run


def states(airflow: Airflow, run: Run) -> dict[str, str]:
    return {task.task_id: task.state for task in airflow.api.tasks(run)}


def log_of(airflow: Airflow, run: Run, task_id: str) -> str:
    return "\n".join(
        line
        for task in airflow.api.tasks(run)
        if task.task_id == task_id
        for line in airflow.api.log(run, task)
    )


def _files_taken_in_by(airflow: Airflow, run: Run) -> int:
    return 0 if "skipped" in states(airflow, run).values() else airflow.api.result(run, "take_in")["files"]


def test_the_inboxes_are_taken_in_and_a_second_run_skips(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    again = ended(airflow, "ingest_submissions")

    with ledger.reading(settings) as connection:
        counted = connection.execute("select count(*) from ledger.submissions").fetchone()
    # The schedule may have taken in some or all of them before the run that we started.
    ended_runs = [run for run in airflow.api.runs(again.dag_id) if run.has_ended]
    assert sum(_files_taken_in_by(airflow, run) for run in ended_runs) == (counted or [0])[0] > 0
    assert states(airflow, again) == {"take_in": "skipped"}


def test_a_month_is_published_once_however_often_it_runs(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    first, second = (ended(airflow, "publish_monthly", str(FIRST)) for _ in range(2))

    assert [first.state, second.state] == ["success", "success"]
    assert [one.name for one in editions.editions_of(settings) if one.period == str(FIRST)] == [f"{FIRST}/r1"]
    assert airflow.api.result(second, "publish")["edition"] == f"{FIRST}/r1"


def test_the_parameter_names_the_month_where_the_run_has_no_key(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    run = ended(airflow, "publish_monthly", conf={"period": str(FIRST + 1)})

    assert run.state == "success"
    assert editions.find(settings, str(FIRST + 1)).revision == 1


def test_a_run_without_a_month_fails_and_says_what_to_give(airflow: Airflow, taken_in: Run) -> None:
    run = ended(airflow, "publish_monthly")

    assert run.state == "failed"
    assert "names 0 months" in log_of(airflow, run, "build")


def test_a_month_that_waits_for_a_person_is_published_once_a_name_is_given(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    waiting = ended(airflow, "publish_monthly", str(SILENT))
    approved = ended(airflow, "publish_monthly", str(SILENT), {"approve": "样例审批人", "note": "样例说明"})

    assert states(airflow, waiting) == {"build": "success", "check": "success", "publish": "failed"}
    assert "few_stay_silent" in log_of(airflow, waiting, "publish")
    assert approved.state == "success"
    assert editions.find(settings, str(SILENT)).manifest()["approved_by"] == ["样例审批人"]


def test_a_blocked_month_fails_at_the_gate_and_the_last_edition_stays(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    before = editions.find(settings, "current")
    with ledger.writing(settings) as connection:
        connection.execute("update ledger.observations set organization_code = 'NOBODY' where row_number = 5")

    run = ended(airflow, "publish_monthly", str(SILENT + 1))

    assert states(airflow, run) == {"build": "success", "check": "failed", "publish": "upstream_failed"}
    assert "observations.comes_from_its_own_department" in log_of(airflow, run, "check")
    assert editions.find(settings, "current") == before
