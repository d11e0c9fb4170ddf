"""A month through Airflow beside `minsheng run` for the same month, on the district's real plan and size."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Measurement, measure
from deployment.embedded import Airflow, running
from warehouse import home, intake, samples
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

_FIRST = Period(2024, 1)
_RUNS = 3


def measurements(scale: float = 1.0) -> list[Measurement]:  # noqa: ARG001 - the real size is the question
    """Measure in a running Airflow, from the trigger to the end of the run; the start of Airflow apart."""
    with tempfile.TemporaryDirectory() as through_airflow, tempfile.TemporaryDirectory() as by_hand:
        ours, theirs = (_filled(Path(folder)) for folder in (through_airflow, by_hand))
        with running(ours) as airflow:
            return [
                measure(
                    "publish_monthly, a month of the plan",
                    "`minsheng run`",
                    lambda run: _through_airflow(airflow, _FIRST + run),
                    lambda run: _by_hand(theirs, _FIRST + run),
                    runs=_RUNS,
                )
            ]


def _filled(folder: Path) -> Settings:
    settings = Settings(home=folder, plan=PROJECT / "seeds", stable_seconds=0)
    home.initialise(settings)
    samples.write(settings, _FIRST + _RUNS)
    intake.take_in(settings)
    return settings


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
