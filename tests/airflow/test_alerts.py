"""What the DAGs say when a run fails or is late: one incident for each cause, closed by the next good run."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.airflow.conftest import dag_file
from warehouse import notifications
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.airflow

DEADLINE = datetime(2025, 4, 6, 2, tzinfo=UTC)
RUN = {"dag_id": "publish_monthly", "dag_run_id": "manual__1", "partition_key": "2025-03", "state": "running"}


@pytest.fixture(scope="module")
def alerts() -> ModuleType:
    return dag_file("alerts")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("MINSHENG_HOME", str(tmp_path))
    return Settings()


def of(dag_id: str, month: str | None = None) -> dict[str, Any]:
    """What Airflow hands to the callback of a run."""
    return {
        "dag": SimpleNamespace(dag_id=dag_id), "dag_run": SimpleNamespace(partition_key=month, conf={}),
        "run_id": "manual__1", "ti": SimpleNamespace(task_id="check"), "reason": "task_failure",
    }  # fmt: skip


def causes(settings: Settings) -> list[str]:
    return [incident.cause for incident in notifications.open_incidents(settings)]


def test_a_month_that_fails_twice_is_one_incident(alerts: ModuleType, settings: Settings) -> None:
    alerts.failed(of("publish_monthly", "2025-03"))
    alerts.failed(of("publish_monthly", "2025-03"))

    assert causes(settings) == ["publish_monthly 2025-03"]


def test_the_incident_names_the_run_and_its_last_task(alerts: ModuleType, settings: Settings) -> None:
    alerts.failed(of("publish_monthly", "2025-03"))

    (incident,) = notifications.open_incidents(settings)
    assert "manual__1" in incident.last_message.text
    assert "check" in incident.last_message.text


def test_each_month_is_a_cause_of_its_own(alerts: ModuleType, settings: Settings) -> None:
    alerts.failed(of("publish_monthly", "2025-02"))
    alerts.failed(of("publish_monthly", "2025-03"))
    alerts.succeeded(of("publish_monthly", "2025-02"))

    assert causes(settings) == ["publish_monthly 2025-03"]


def test_a_good_run_closes_what_was_late_too(alerts: ModuleType, settings: Settings) -> None:
    alerts.late({"dag_run": RUN, "deadline": {"deadline_time": DEADLINE}})
    late = causes(settings)
    alerts.succeeded(of("publish_monthly", "2025-03"))

    assert late == ["publish_monthly 2025-03 late"]
    assert causes(settings) == []


def test_a_deadline_is_told_in_the_districts_own_time(alerts: ModuleType, settings: Settings) -> None:
    alerts.late({"dag_run": RUN, "deadline": {"deadline_time": DEADLINE}})

    (incident,) = notifications.open_incidents(settings)
    assert "2025-04-06 10:00" in incident.last_message.text


def test_a_run_without_a_month_is_told_by_its_dag(alerts: ModuleType, settings: Settings) -> None:
    alerts.failed(of("ingest_submissions"))

    assert causes(settings) == ["ingest_submissions"]


@pytest.mark.parametrize("dag_id", sorted(path.stem for path in (PROJECT / "dags").glob("*_*.py")))
def test_the_runbook_has_the_chapter_that_an_alert_points_to(
    alerts: ModuleType, settings: Settings, dag_id: str
) -> None:
    text = (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8")
    chapters = {title.lower().replace(" ", "-") for title in re.findall(r"^## (.+)$", text, re.M)}

    alerts.failed(of(dag_id))

    (incident,) = notifications.open_incidents(settings)
    assert incident.runbook.removeprefix("docs/runbook.md#") in chapters
