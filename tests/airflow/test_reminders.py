"""The reminders as Airflow runs them: for the day that the run names, and never twice."""

from __future__ import annotations

from typing import Any

import pytest

from deployment.embedded import Airflow
from deployment.watching import wait_for
from warehouse import obligations
from warehouse.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def _remind(airflow: Airflow, day: str) -> dict[str, Any]:
    run = airflow.api.trigger("remind_departments", conf={"day": day})
    wait_for(airflow, run)
    result: dict[str, Any] = airflow.api.result(run, "remind")
    return result


def test_a_run_reminds_for_its_day_and_a_second_run_of_that_day_sends_nothing(
    airflow: Airflow, settings: Settings
) -> None:
    first = _remind(airflow, "2023-04-06")
    notice = settings.outbox / "LABOUR" / obligations.NOTICE
    written_at = notice.stat().st_mtime_ns

    second = _remind(airflow, "2023-04-06")

    assert (first["day"], first["escalated_months"], first["sent_before"]) == (
        "2023-04-06", ["2023-03"], False,
    )  # fmt: skip
    assert second["sent_before"]
    assert notice.stat().st_mtime_ns == written_at
