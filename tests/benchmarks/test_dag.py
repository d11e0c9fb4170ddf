"""The bench of the DAG, once: a real Airflow takes a real month, and the command line the same one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.dag import DAG
from benchmarks.measure import Measurement


@pytest.mark.slow
@pytest.mark.airflow
def test_a_month_goes_through_airflow_and_through_the_command_line(
    measured: Callable[[str], list[Measurement]],
) -> None:
    (measurement,) = measured("dag")

    assert measurement.figure == DAG.name
    assert measurement.size > 0
    assert all(run.seconds > 1 for run in (*measurement.ours, *measurement.theirs))
