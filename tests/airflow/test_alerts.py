"""What the DAGs say when a task or a run fails or is late: one incident for each cause."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.airflow.conftest import dag_file
from warehouse import notifications
from warehouse.errors import LedgerBusyError, MonthRefusedError, UsageError
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.airflow

DAGS = [
    "ingest_submissions",
    "maintain_warehouse",
    "publish_city",
    "publish_city_at_deadline",
    "publish_monthly",
    "refresh_progress",
    "remind_departments",
]

DEADLINE = datetime(2025, 4, 6, 2, tzinfo=UTC)
HELD = LedgerBusyError("The ledger is held by PID 42: close that program")
RUN = {"dag_id": "publish_monthly", "dag_run_id": "manual__1", "partition_key": "2025-03", "state": "running"}


@pytest.fixture(scope="module")
def alerts() -> ModuleType:
    return dag_file("alerts")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("MINSHENG_HOME", str(tmp_path))
    return Settings()


class FakeTask(SimpleNamespace):
    """A task as Airflow hands it to a callback, with its XComs."""

    def xcom_push(self, key: str, value: object) -> None:
        self.pushed[key] = value

    def xcom_pull(self, _task_id: str, key: str) -> object:
        return self.pushed.get(key)


def of(
    dag_id: str, month: str | None = None, error: Exception | None = None, task_id: str = "check"
) -> dict[str, Any]:
    """What Airflow hands to the callback of a task, and after it to that of its run."""
    return {
        "dag": SimpleNamespace(dag_id=dag_id), "dag_run": SimpleNamespace(partition_key=month, conf={}),
        "run_id": "manual__1", "reason": "task_failure", "exception": error or OSError("the disk is full"),
        "ti": FakeTask(task_id=task_id, dag_id=dag_id, run_id="manual__1", pushed={}),
    }  # fmt: skip


def fail(alerts: ModuleType, context: dict[str, Any]) -> None:
    """Let a task fail, and so its run."""
    alerts.task_failed(context)
    alerts.run_failed(context)


def causes(settings: Settings) -> list[str]:
    return [incident.cause for incident in notifications.open_incidents(settings)]


def test_a_month_that_fails_twice_is_one_incident(alerts: ModuleType, settings: Settings) -> None:
    fail(alerts, of("publish_monthly", "2025-03"))
    fail(alerts, of("publish_monthly", "2025-03"))

    assert causes(settings) == ["publish_monthly 2025-03"]


def test_the_incident_has_the_errors_sentence_the_page_of_the_run_and_that_of_the_runbook(
    alerts: ModuleType, settings: Settings
) -> None:
    fail(alerts, of("publish_monthly", "2025-03"))

    (incident,) = notifications.open_incidents(settings)
    (said,) = incident.events
    assert "check 失败：the disk is full" in said.text
    assert "/dags/publish_monthly/runs/manual__1" in said.text
    assert incident.runbook.endswith("/minsheng/handbook/runbook.md#a-month-is-not-published")


def test_a_run_that_took_too_long_or_whose_task_was_killed_tells_so_itself(
    alerts: ModuleType, settings: Settings
) -> None:
    alerts.run_failed(of("publish_monthly", "2025-02"))
    alerts.run_failed(of("publish_monthly", "2025-03") | {"reason": "timed_out"})

    told = {one.cause: one.last_message.text for one in notifications.open_incidents(settings)}
    assert "最后的任务是 check" in told["publish_monthly 2025-02"]
    assert "timed_out" in told["publish_monthly 2025-03"]


def test_a_ledger_that_another_program_holds_is_one_incident_of_all_dags_and_months(
    alerts: ModuleType, settings: Settings
) -> None:
    alerts.task_retried(of("ingest_submissions", error=HELD))
    fail(alerts, of("publish_monthly", "2025-02", HELD))
    fail(alerts, of("publish_monthly", "2025-03", HELD))

    (incident,) = notifications.open_incidents(settings)
    assert incident.cause == "ledger held"
    assert "PID 42: close that program" in incident.events[0].text
    assert "publish_monthly 2025-03" in incident.events[-1].text


def test_a_ledger_that_was_held_is_over_with_the_next_good_run_of_any_dag(
    alerts: ModuleType, settings: Settings
) -> None:
    fail(alerts, of("publish_monthly", "2025-03", HELD))

    alerts.succeeded(of("ingest_submissions"))

    assert causes(settings) == []


def test_a_run_that_waits_for_a_ledger_that_is_held_is_not_late_too(
    alerts: ModuleType, settings: Settings
) -> None:
    alerts.task_retried(of("publish_monthly", "2025-03", HELD))

    alerts.late({"dag_run": RUN, "deadline": {"deadline_time": DEADLINE}})

    assert causes(settings) == ["ledger held"]


def test_an_attempt_that_failed_otherwise_is_told_when_it_was_the_last(
    alerts: ModuleType, settings: Settings
) -> None:
    alerts.task_retried(of("ingest_submissions"))

    assert causes(settings) == []


@pytest.mark.parametrize("error", [UsageError("no month"), MonthRefusedError("2025-03 is not over")])
def test_a_run_that_asks_for_what_cannot_be_opens_nothing(
    alerts: ModuleType, settings: Settings, error: Exception
) -> None:
    fail(alerts, of("publish_monthly", error=error, task_id="await_deadline"))

    assert causes(settings) == []


def test_a_decision_that_nobody_took_stays_the_one_incident_of_its_month(
    alerts: ModuleType, settings: Settings
) -> None:
    alerts.waits("publish_monthly", "2025-03", "请决定")
    fail(alerts, of("publish_monthly", "2025-03", OSError("nobody decided within 2 days"), "decide"))

    (incident,) = notifications.open_incidents(settings)
    assert incident.cause == "decision 2025-03"
    assert "nobody decided" in incident.events[-1].text


def test_each_month_is_a_cause_of_its_own(alerts: ModuleType, settings: Settings) -> None:
    fail(alerts, of("publish_monthly", "2025-02"))
    fail(alerts, of("publish_monthly", "2025-03"))
    alerts.succeeded(of("publish_monthly", "2025-02"))

    assert causes(settings) == ["publish_monthly 2025-03"]


def test_a_late_run_that_fails_is_one_incident_until_a_good_one(
    alerts: ModuleType, settings: Settings
) -> None:
    alerts.late({"dag_run": RUN, "deadline": {"deadline_time": DEADLINE}})
    fail(alerts, of("publish_monthly", "2025-03"))
    late = causes(settings)
    alerts.succeeded(of("publish_monthly", "2025-03"))

    assert late == ["publish_monthly 2025-03"]
    assert causes(settings) == []


def test_a_run_that_has_failed_is_not_told_again_when_its_deadline_comes(
    alerts: ModuleType, settings: Settings
) -> None:
    alerts.late({"dag_run": RUN | {"state": "failed"}, "deadline": {"deadline_time": DEADLINE}})

    assert causes(settings) == []


def test_a_run_that_waits_for_a_person_is_not_late(alerts: ModuleType, settings: Settings) -> None:
    alerts.waits("publish_monthly", "2025-03", "请决定")

    alerts.late({"dag_run": RUN, "deadline": {"deadline_time": DEADLINE}})

    assert causes(settings) == ["decision 2025-03"]


def test_a_deadline_is_told_in_the_districts_own_time(alerts: ModuleType, settings: Settings) -> None:
    alerts.late({"dag_run": RUN, "deadline": {"deadline_time": DEADLINE}})

    (incident,) = notifications.open_incidents(settings)
    assert "2025-04-06 10:00" in incident.last_message.text


def test_a_run_without_a_month_is_told_by_its_dag(alerts: ModuleType, settings: Settings) -> None:
    fail(alerts, of("ingest_submissions"))

    assert causes(settings) == ["ingest_submissions"]


@pytest.mark.parametrize("dag_id", DAGS)
def test_the_runbook_has_the_chapter_that_an_alert_points_to(
    alerts: ModuleType, settings: Settings, dag_id: str
) -> None:
    text = (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8")
    chapters = {title.lower().replace(" ", "-") for title in re.findall(r"^## (.+)$", text, re.M)}

    fail(alerts, of(dag_id))

    (incident,) = notifications.open_incidents(settings)
    assert incident.runbook.split("#")[1] in chapters


def test_the_runbook_has_the_chapter_of_a_ledger_that_is_held(alerts: ModuleType, settings: Settings) -> None:
    text = (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8")

    alerts.task_retried(of("ingest_submissions", error=HELD))

    (incident,) = notifications.open_incidents(settings)
    assert incident.runbook.endswith("#the-ledger-is-held")
    assert "\n## The ledger is held\n" in text
