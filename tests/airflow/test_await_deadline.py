"""The scheduled run of a month whose deadline days off have moved: it waits, and is not late meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.airflow.conftest import dag_file
from warehouse import clock, home, notifications
from warehouse.settings import Settings

pytestmark = pytest.mark.airflow

# The 5th of October lies in the days off of the National Day; the 8th is the deadline of September's figures.
SEPTEMBER = "2024-09"
ON_THE_SIXTH = datetime(2024, 10, 6, tzinfo=UTC)
"""08:00 in Shanghai."""
RUN = {
    "dag_id": "publish_monthly", "dag_run_id": "scheduled__1", "run_type": "scheduled",
    "partition_key": SEPTEMBER, "state": "running",
}  # fmt: skip


@pytest.fixture(scope="module")
def dags() -> ModuleType:
    return dag_file("publish_monthly")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("MINSHENG_HOME", str(tmp_path))
    home.initialise(Settings())
    return Settings()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Say what the clock shows in Shanghai."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment))


def may_go_on(dags: ModuleType, run_type: str) -> bool:
    sensor = dags.publish_monthly().get_task("await_deadline")
    run = SimpleNamespace(run_type=run_type, run_after=ON_THE_SIXTH, partition_key=SEPTEMBER)
    return bool(sensor.python_callable(dag_run=run, params={"period": None}))


@pytest.mark.parametrize(
    ("moment", "goes_on"),
    [("2024-10-06T08:00", False), ("2024-10-09T07:59", False), ("2024-10-09T08:00", True)],
)
def test_a_scheduled_run_waits_for_its_hour_on_the_day_after_the_deadline(
    dags: ModuleType, settings: Settings, at: Callable[[str], None], moment: str, goes_on: bool
) -> None:
    at(moment)

    assert may_go_on(dags, "scheduled") is goes_on


@pytest.mark.parametrize("run_type", ["manual", "backfill"])
def test_who_starts_a_run_does_not_wait(
    dags: ModuleType, settings: Settings, at: Callable[[str], None], run_type: str
) -> None:
    at("2024-10-06T08:00")

    assert may_go_on(dags, run_type)


@pytest.mark.parametrize(("moment", "late"), [("2024-10-06T10:00", 0), ("2024-10-12T10:00", 1)])
def test_a_run_that_waits_for_the_deadline_is_not_late(
    dags: ModuleType, settings: Settings, at: Callable[[str], None], moment: str, late: int
) -> None:
    at(moment)

    dags.alerts.late({"dag_run": RUN, "deadline": {"deadline_time": ON_THE_SIXTH}})

    assert len(notifications.open_incidents(settings)) == late
