"""The first task of a month: which runs wait for the deadline, which are passed over, and which refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowRescheduleException, AirflowSkipException

from tests.airflow.conftest import dag_file
from warehouse import clock, home, ledger, notifications
from warehouse.districts import District
from warehouse.errors import MonthRefusedError, UsageError
from warehouse.settings import Settings

pytestmark = pytest.mark.airflow

# The 5th of October lies in the days off of the National Day; the 8th is the deadline of September's figures.
SEPTEMBER = "2024-09"
ON_THE_SIXTH = datetime(2024, 10, 6, tzinfo=UTC)
"""08:00 in Shanghai."""
NOT_PUBLISHED = {"publish": None}
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
    with ledger.writing(Settings()) as connection:
        connection.execute("update plan.versions set loaded_at = timestamp '2024-09-01 09:00:00'")
    return Settings()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Say what the clock shows in Shanghai."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment))


def may_go_on(
    dags: ModuleType,
    run_type: str,
    month: str | None = SEPTEMBER,
    conf: dict[str, str] | None = None,
    others: dict[str, dict[str, str | None]] | None = None,
) -> bool:
    sensor = dags.publish_monthly(District()).get_task("await_deadline")
    run = SimpleNamespace(run_type=run_type, run_after=ON_THE_SIXTH, partition_key=month, conf=conf)
    own = run_id(month)
    task = SimpleNamespace(
        dag_id="publish_monthly", run_id=own,
        get_task_states=lambda _dag_id, task_ids: {own: NOT_PUBLISHED, **(others or {})},
    )  # fmt: skip
    return bool(sensor.python_callable(dag_run=run, params={"period": None}, ti=task))


def run_id(month: str | None, run_type: str = "backfill") -> str:
    return f"{run_type}__2024-01-06T00:00:00+00:00__{month}__sample"


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


@pytest.mark.parametrize("state", [None, "running", "up_for_retry"])
def test_a_run_of_a_backfill_waits_for_an_earlier_month_that_has_not_ended(
    dags: ModuleType, settings: Settings, state: str | None
) -> None:
    with pytest.raises(AirflowRescheduleException):
        may_go_on(dags, "backfill", others={run_id("2024-08"): {"publish": state}})


@pytest.mark.parametrize(
    ("other", "state"),
    [
        (run_id("2024-08"), "success"),
        (run_id("2024-08"), "upstream_failed"),
        (run_id("2024-10"), None),
        (run_id("2024-08", "manual"), None),
    ],
    ids=["published", "failed", "a later month", "no backfill's"],
)
def test_a_run_of_a_backfill_waits_for_nothing_else(
    dags: ModuleType, settings: Settings, other: str, state: str | None
) -> None:
    assert may_go_on(dags, "backfill", others={other: {"publish": state}})


@pytest.mark.parametrize("month", ["2024-07", "2026-10"])
def test_the_schedule_skips_a_month_before_the_home_or_after_the_plan(
    dags: ModuleType, settings: Settings, at: Callable[[str], None], month: str
) -> None:
    at("2026-11-06T08:00")

    with pytest.raises(AirflowSkipException, match=f"{month}.*(home was made|nothing is published)"):
        may_go_on(dags, "scheduled", month)


@pytest.mark.parametrize("run_type", ["manual", "backfill"])
@pytest.mark.parametrize(("month", "why"), [("2024-10", "is not over"), ("2026-10", "has no figures for it")])
def test_a_month_that_cannot_be_published_is_refused_before_anything_is_built(
    dags: ModuleType, settings: Settings, at: Callable[[str], None], run_type: str, month: str, why: str
) -> None:
    at("2024-10-31T23:00")

    with pytest.raises(MonthRefusedError, match=why):
        may_go_on(dags, run_type, month)


@pytest.mark.parametrize("month", [None, "2024-9", "20249"])
def test_a_run_whose_month_is_none_says_how_to_write_it(
    dags: ModuleType, settings: Settings, month: str | None
) -> None:
    with pytest.raises(UsageError, match="2025-03"):
        may_go_on(dags, "manual", month)


@pytest.mark.parametrize("name", ["perod", "approve"])
def test_a_parameter_that_the_dag_does_not_have_is_refused(
    dags: ModuleType, settings: Settings, name: str
) -> None:
    with pytest.raises(UsageError, match=f"given {name}, which the DAG does not have"):
        may_go_on(dags, "manual", SEPTEMBER, {name: "2024-09"})


@pytest.mark.parametrize(("moment", "late"), [("2024-10-06T10:00", 0), ("2024-10-12T10:00", 1)])
def test_a_run_that_waits_for_the_deadline_is_not_late(
    dags: ModuleType, settings: Settings, at: Callable[[str], None], moment: str, late: int
) -> None:
    at(moment)

    dags.alerts.late({"dag_run": RUN, "deadline": {"deadline_time": ON_THE_SIXTH}})

    assert len(notifications.open_incidents(settings)) == late
