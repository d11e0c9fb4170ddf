"""What the runbook has people do with a run that went wrong: clear it, mark it; and what wrong runs leave."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from deployment.embedded import Airflow, Run
from deployment.embedded.configuration import password
from deployment.keys import USER
from tests.airflow.conftest import FIRST
from tests.airflow.running.conftest import command, end_of, expire, log_of, states, until
from tests.services.chromium import chromium, sign_in
from warehouse import notifications
from warehouse.errors import MinshengError
from warehouse.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

OTHER_DAGS = {
    "ingest_submissions": ["take_in", "measure"],
    "refresh_progress": ["rebuild"],
    "remind_departments": ["remind", "watch"],
    "maintain_warehouse": ["back_up", "verify", "retain"],
}
TASKS = ["await_deadline", "build", "check", "decide", "publish"]
NEVER_CHECKED, LATE = FIRST + 5, FIRST + 6


@pytest.fixture(scope="module")
def stopped(airflow: Airflow, taken_in: Run) -> Run:
    """A run of a month that was marked as failed while it was building: its deadline is to come."""
    run = airflow.api.trigger("publish_monthly", str(NEVER_CHECKED))
    airflow.api.mark(run, "failed")
    return airflow.api.run(run)


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with chromium() as running:
        yield running


@pytest.mark.parametrize("dag_id", OTHER_DAGS)
def test_each_task_of_a_failed_run_is_cleared_before_its_deadline_has_passed(
    airflow: Airflow, taken_in: Run, dag_id: str
) -> None:
    run = airflow.api.trigger(dag_id)
    airflow.api.mark(run, "failed")

    for task_id in OTHER_DAGS[dag_id]:
        airflow.api.clear(run, task_id)

    assert airflow.api.run(run).state != "failed"
    airflow.api.mark(run, "failed")


@pytest.mark.parametrize("task_id", TASKS)
def test_each_task_of_a_months_failed_run_is_cleared_and_the_run_goes_on(
    airflow: Airflow, stopped: Run, task_id: str
) -> None:
    airflow.api.clear(stopped, task_id)

    assert airflow.api.run(stopped).state != "failed"
    airflow.api.mark(stopped, "failed")


def test_a_run_that_is_late_opens_the_one_incident_of_its_month(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    run = airflow.api.trigger("publish_monthly", str(LATE))
    expire(settings, "deadline", "deadline_time")

    def told() -> list[str]:
        incidents = notifications.open_incidents(settings)
        return [one.last_message.title for one in incidents if str(LATE) in one.cause]

    until(airflow, lambda: told() == [f"publish_monthly {LATE} 逾时未完成"])
    airflow.api.mark(run, "failed")


@pytest.mark.parametrize("task_id", ["await_deadline", "build"])
def test_a_task_of_a_failed_run_can_be_marked_as_done(airflow: Airflow, stopped: Run, task_id: str) -> None:
    airflow.api.mark(stopped, "success", task_id)

    assert states(airflow, stopped)[task_id] == "success"


def test_a_check_that_was_marked_as_done_and_never_ran_is_asked_for_by_the_decision(
    airflow: Airflow, settings: Settings, stopped: Run
) -> None:
    airflow.api.mark(stopped, "success", "check")
    airflow.api.clear(stopped, "decide")

    run = end_of(airflow, stopped)

    assert states(airflow, run)["decide"] == "failed"
    assert "This run has no result of the gate: clear `check`" in log_of(airflow, run, "decide")


def test_a_months_failed_run_is_cleared_by_the_command_line(
    airflow: Airflow, settings: Settings, stopped: Run
) -> None:
    command(settings, "dags", "clear", "publish_monthly", "--partition-key", str(NEVER_CHECKED), "--yes")

    assert airflow.api.run(stopped).state != "failed"
    airflow.api.mark(stopped, "failed")


def test_a_task_of_a_failed_run_is_cleared_in_the_ui(
    airflow: Airflow, settings: Settings, stopped: Run, browser: Browser
) -> None:
    page = browser.new_page(locale="zh-CN")
    page.set_default_timeout(60_000)
    sign_in(page, airflow.url, USER, password(settings))

    page.goto(f"{airflow.url}/dags/publish_monthly/runs/{quote(stopped.run_id, safe='')}/tasks/build")
    page.get_by_role("button", name="清除").click()
    page.get_by_role("dialog").get_by_role("button", name="确认").click()

    until(airflow, lambda: airflow.api.run(stopped).state != "failed")
    airflow.api.mark(stopped, "failed")


@pytest.mark.parametrize(
    ("key", "conf"),
    [("2025-3", {}), ("2019-01", {}), (None, {"perod": "2025-03"}), (None, {})],
    ids=["malformed", "before the plan", "mistyped", "no month"],
)
def test_a_wrong_run_fails_at_once_and_leaves_no_incident_that_nothing_would_close(
    airflow: Airflow, settings: Settings, key: str | None, conf: dict[str, str]
) -> None:
    run = end_of(airflow, airflow.api.trigger("publish_monthly", key, conf))

    assert states(airflow, run)["await_deadline"] == "failed"
    causes = {incident.cause for incident in notifications.open_incidents(settings)}
    assert not causes & {"publish_monthly", f"publish_monthly {key}"}


@pytest.mark.parametrize(("key", "conf"), [("abc", {}), (None, {"period": "2025-3"})])
def test_airflow_itself_refuses_what_is_no_month_at_all(
    airflow: Airflow, key: str | None, conf: dict[str, str]
) -> None:
    with pytest.raises(MinshengError, match="Airflow refused POST"):
        airflow.api.trigger("publish_monthly", key, conf)
