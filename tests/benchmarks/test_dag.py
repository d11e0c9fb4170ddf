"""The bench of the DAG: a month goes through Airflow, and through the command line.

A real Airflow takes it in the long run (test_benches.py); here one is asked that answers by heart.
"""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any
from unittest.mock import create_autospec

import pytest

from benchmarks import dag, homes
from benchmarks.dag import DAG
from benchmarks.measure import Scale
from deployment.embedded import Api, Run
from deployment.embedded.api import Task
from tests.benchmarks.made_homes import MadeHomes
from warehouse.errors import MinshengError

TRIAL = Scale(size=0.001, runs=1)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, made_homes: MadeHomes) -> Any:
    """The bench, in homes that are made already, with an Airflow to be given."""
    monkeypatch.setattr(homes, "temporary_home", made_homes.temporary_home)
    return lambda airflow: monkeypatch.setattr(dag, "running", lambda _: nullcontext(airflow))


def airflow_with(*states: str) -> Any:
    """An Airflow whose run is found in these states, one after the other."""
    runs = [Run("publish_monthly", "one", "manual", str(homes.TRIAL), {}, state) for state in states]
    api = create_autospec(Api, instance=True)
    api.trigger.side_effect, api.run.side_effect = runs[:1], runs[1:]
    return SimpleNamespace(api=api)


@pytest.mark.slow
def test_a_month_goes_through_airflow_and_through_the_command_line(bench: Any) -> None:
    airflow = airflow_with("queued", "running", "success")
    bench(airflow)

    (measurement,) = dag.measurements(TRIAL)

    assert measurement.figure == DAG.name
    assert measurement.size > 0
    assert airflow.api.run.call_count == 2
    airflow.api.trigger.assert_called_once_with("publish_monthly", "2023-12")
    assert all(run.seconds > 0.2 for run in (*measurement.ours, *measurement.theirs))


@pytest.mark.slow
def test_a_month_that_waits_for_a_person_is_not_measured(bench: Any) -> None:
    airflow = airflow_with("queued", "running")
    airflow.api.tasks.return_value = [Task("decide", "awaiting_input", 1, None)]
    bench(airflow)

    with pytest.raises(MinshengError, match="waits for a person"):
        list(dag.measurements(TRIAL))


@pytest.mark.slow
def test_a_month_that_does_not_come_out_right_in_airflow_is_not_measured(bench: Any) -> None:
    bench(airflow_with("queued", "failed"))

    with pytest.raises(MinshengError, match="ended as failed"):
        list(dag.measurements(TRIAL))
