"""Waiting for a run of a DAG, in plain lines: each task that ends, and the end of the log of a failed one."""

from __future__ import annotations

import time

import click

from deployment.embedded import Airflow, Run
from deployment.embedded.api import Task
from warehouse.errors import MinshengError

_POLL_SECONDS = 1.0
_LOG_LINES = 15
_SETTLED = {"success", "failed", "skipped", "upstream_failed", "up_for_retry"}
_ASKS = "awaiting_input"


def wait_for(airflow: Airflow, run: Run) -> None:
    """Wait for the end of the run, telling what ends; raises MinshengError if it fails or asks a person."""
    told: set[tuple[str, int]] = set()
    while True:
        airflow.check()
        run = airflow.api.run(run)
        _tell(airflow, run, told)
        if run.state == "failed":
            raise MinshengError(_failure(airflow, run))
        if run.has_ended:
            return
        time.sleep(_POLL_SECONDS)


def _tell(airflow: Airflow, run: Run, told: set[tuple[str, int]]) -> None:
    for task in airflow.api.tasks(run):
        if task.state == _ASKS:
            raise MinshengError(
                f"{run.dag_id} {run.key} waits for a person: start `make up`, decide under Required actions "
                "in its UI, then run this again"
            )
        event = (task.task_id, task.try_number)
        if task.state in _SETTLED and event not in told:
            told.add(event)
            seconds = "" if task.seconds is None else f"{task.seconds:6.1f} s"
            click.echo(f"  {run.dag_id:<20}{run.key or '':<9}{task.task_id:<16}{task.state:<10}{seconds}")


def _failure(airflow: Airflow, run: Run) -> str:
    failed = [task for task in airflow.api.tasks(run) if task.state == "failed"]
    lines = [line for task in failed for line in _last_lines(airflow, run, task)]
    name = f"{run.dag_id} {run.key}" if run.key else run.dag_id
    return "\n    ".join([f"the run of {name} failed; its log ends with:", *lines])


def _last_lines(airflow: Airflow, run: Run, task: Task) -> list[str]:
    return airflow.api.log(run, task)[-_LOG_LINES:]
