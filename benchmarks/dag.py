"""A month through Airflow beside `minsheng run` for the same month, on the district's real plan and size."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import homes
from benchmarks.measure import Figure, Limit, Measurement, Scale, measure
from deployment.embedded import Airflow, running
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.settings import Settings

DAG = Figure(
    "dag",
    "a month of the real plan through Airflow, from the trigger to its end ({size:,} observations)",
    "`minsheng run` for the same month",
    (Limit("ratio", 3),),
)
FIGURES = (DAG,)


def measurements(scale: Scale) -> Iterator[Measurement]:
    """Measure in a running Airflow, whose start is not timed; the real plan is the question at any scale."""
    first = homes.TRIAL if scale.is_trial else Period(2024, 1)
    through = first + (scale.runs - 1)
    both = homes.temporary_home(through=through), homes.temporary_home(through=through)
    with both[0] as ours, both[1] as theirs, running(ours) as airflow:
        yield measure(
            DAG,
            homes.observations_in(ours),
            lambda run: _through_airflow(airflow, first + run),
            lambda run: _by_hand(theirs, first + run),
            scale,
        )


def _through_airflow(airflow: Airflow, period: Period) -> None:
    run = airflow.api.trigger("publish_monthly", str(period))
    while not run.has_ended:
        time.sleep(0.2)
        run = airflow.api.run(run)
        if any(task.state == "awaiting_input" for task in airflow.api.tasks(run)):
            raise MinshengError(
                f"The run of {period} waits for a person: measure a month that passes the gate"
            )
    if run.state != "success":
        raise MinshengError(f"The run of {period} ended as {run.state}")


def _by_hand(settings: Settings, period: Period) -> None:
    variables = os.environ | {"MINSHENG_HOME": str(settings.home), "MINSHENG_PLAN": str(settings.plan)}
    words = [str(Path(sys.executable).parent / "minsheng"), "run", "--period", str(period)]
    subprocess.run(words, env=variables, check=True, capture_output=True)
