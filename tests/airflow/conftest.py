"""A real Airflow, embedded as in `make run`, on a home of its own with the smallest plan."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

from deployment.embedded import Airflow, Run, running
from warehouse import home, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

MINIMAL = PROJECT / "tests" / "plans" / "minimal"
FIRST = Period(2023, 12)
SILENT = FIRST + 2
"""A month for which no department has sent anything: the gate only warns of it."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with the plan and the submissions of its first months, none of them taken in yet."""
    made = Settings(home=tmp_path_factory.mktemp("home"), plan=MINIMAL)
    home.initialise(made)
    samples.write(made, FIRST + 1)
    return made


@pytest.fixture(scope="module")
def airflow(settings: Settings) -> Iterator[Airflow]:
    """Airflow on that home; each file has its own, so that no month is there before its tests make it."""
    with running(settings) as living:
        yield living


@pytest.fixture(scope="module")
def taken_in(airflow: Airflow) -> Run:
    """Take in the submissions of the first months."""
    return ended(airflow, "ingest_submissions")


def dag_file(name: str) -> ModuleType:
    """Return a file of `dags/` as Airflow imports it: from that folder."""
    sys.path.append(str(PROJECT / "dags"))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(PROJECT / "dags"))


def ended(airflow: Airflow, dag_id: str, month: str | None = None, conf: dict[str, str] | None = None) -> Run:
    """Run a DAG to its end, good or bad."""
    return end_of(airflow, airflow.api.trigger(dag_id, month, conf))


def asked(airflow: Airflow, run: Run) -> Run:
    """Wait until the run asks a person."""
    while states(airflow, run)["decide"] != "awaiting_input":
        airflow.check()
        assert not airflow.api.run(run).has_ended
        time.sleep(0.5)
    # Airflow takes an answer in the second of the question for the end of a lost task, and tries it again.
    time.sleep(5)
    return airflow.api.run(run)


def end_of(airflow: Airflow, run: Run) -> Run:
    """Wait for the end of a run, good or bad."""
    while not run.has_ended:
        airflow.check()
        time.sleep(0.5)
        run = airflow.api.run(run)
    return run


def states(airflow: Airflow, run: Run) -> dict[str, str]:
    """Return the state of each task of the run."""
    return {task.task_id: task.state for task in airflow.api.tasks(run)}


def log_of(airflow: Airflow, run: Run, task_id: str) -> str:
    """Return what the last attempt of a task logged."""
    return "\n".join(
        line
        for task in airflow.api.tasks(run)
        if task.task_id == task_id
        for line in airflow.api.log(run, task)
    )
