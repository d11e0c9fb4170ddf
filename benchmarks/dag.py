"""A month through Airflow beside `minsheng run` for the same month, on the district's real plan and size."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.homes import observations_in, temporary_home
from benchmarks.measure import Figure, Limit, Measurement, Scale, measure
from deployment.embedded import Airflow, running
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.settings import Settings

DAG = Figure(
    "dag",
    "a month of the real plan through Airflow, from the trigger to its end ({size} observations)",
    "`minsheng run` for the same month",
    (Limit("ratio", 3),),
)
FIGURES = (DAG,)
_FIRST = Period(2024, 1)


def measurements(scale: Scale) -> Iterator[Measurement]:
    """Measure in a running Airflow, whose start is not timed; the real size is the question at any scale."""
    through = _FIRST + (scale.runs - 1)
    homes = temporary_home(through=through), temporary_home(through=through)
    with homes[0] as ours, homes[1] as theirs, running(ours) as airflow:
        yield measure(
            DAG,
            observations_in(ours),
            lambda run: _through_airflow(airflow, _FIRST + run),
            lambda run: _by_hand(theirs, _FIRST + run),
            scale,
        )


def _through_airflow(airflow: Airflow, period: Period) -> None:
    run = airflow.api.trigger("publish_monthly", str(period), {"approve": "样例审批人"})
    while not run.has_ended:
        time.sleep(0.2)
        run = airflow.api.run(run)
    if run.state != "success":
        raise MinshengError(f"The run of {period} ended as {run.state}")


def _by_hand(settings: Settings, period: Period) -> None:
    variables = os.environ | {"MINSHENG_HOME": str(settings.home), "MINSHENG_PLAN": str(settings.plan)}
    words = [str(Path(sys.executable).parent / "minsheng"), "run", "--period", str(period)]
    subprocess.run([*words, "--approve", "样例审批人"], env=variables, check=True, capture_output=True)
