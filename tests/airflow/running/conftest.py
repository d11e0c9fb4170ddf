"""A real Airflow, embedded as in `make run`, on a home with the smallest plan: one for this whole folder."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from deployment.embedded import Airflow, Run, running
from deployment.embedded.configuration import folder
from tests.airflow.conftest import FIRST, MINIMAL
from warehouse import home, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

BACKFILLED = [str(FIRST), str(FIRST + 1)]
"""The months that a backfill makes, before anything else is published."""


@pytest.fixture(scope="package")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with the plan and the submissions of its first months, none of them taken in yet."""
    made = Settings(home=tmp_path_factory.mktemp("home"), plan=MINIMAL)
    home.initialise(made)
    samples.write(made, FIRST + 1)
    return made


@pytest.fixture(scope="package")
def airflow(settings: Settings) -> Iterator[Airflow]:
    """Airflow on that home."""
    with running(settings) as living:
        yield living


@pytest.fixture(scope="package")
def taken_in(airflow: Airflow) -> Run:
    """Take in the submissions of the first months."""
    return end_of(airflow, airflow.api.trigger("ingest_submissions"))


@pytest.fixture(scope="package")
def backfilled(airflow: Airflow, settings: Settings, taken_in: Run) -> list[Run]:
    """The runs of a backfill of two months, ended, in the order in which they were made."""
    command(settings, *backfill(FIRST, FIRST + 1))
    found: list[Run] = []

    def all_made() -> bool:
        found[:] = [run for run in airflow.api.runs("publish_monthly") if run.key in BACKFILLED]
        return len(found) == len(BACKFILLED)

    until(airflow, all_made)
    return [end_of(airflow, run) for run in reversed(found)]


def command(settings: Settings, *words: str) -> str:
    """Run Airflow's command line for this home, as the documentation says."""
    variables = os.environ | {"MINSHENG_HOME": str(settings.home), "MINSHENG_PLAN": str(settings.plan)}
    done = subprocess.run(
        [sys.executable, "-m", "deployment.command", *words],
        env=variables, cwd=PROJECT, check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return done.stdout


def backfill(first: Period, last: Period, *more: str) -> list[str]:
    """Return the words of the command that makes these months."""
    return [
        "backfill", "create", "--dag-id", "publish_monthly", "--from-date", str(first.day(1)),
        "--to-date", str(last.day(28)), "--max-active-runs", "1", *more,
    ]  # fmt: skip


def until(airflow: Airflow, holds: Callable[[], bool], seconds: float = 300) -> None:
    """Wait until something holds, while Airflow lives."""
    give_up_at = time.monotonic() + seconds
    while not holds():
        airflow.check()
        assert time.monotonic() < give_up_at
        time.sleep(0.3)


def end_of(airflow: Airflow, run: Run) -> Run:
    """Wait for the end of a run, good or bad."""
    until(airflow, lambda: airflow.api.run(run).has_ended)
    return airflow.api.run(run)


def asked(airflow: Airflow, run: Run) -> Run:
    """Wait until the run asks a person."""

    def asks() -> bool:
        assert not airflow.api.run(run).has_ended
        return states(airflow, run)["decide"] == "awaiting_input"

    until(airflow, asks)
    # Airflow takes an answer in the second of the question for the end of a lost task, and tries it again.
    time.sleep(5)
    return airflow.api.run(run)


def expire(settings: Settings, table: str, column: str) -> None:
    """Let the time that Airflow has written down for something run out now."""
    with closing(sqlite3.connect(folder(settings) / "airflow.db", timeout=30)) as metadata, metadata:
        metadata.execute(
            f"update {table} set {column} = '2024-01-01 00:00:00.000000' where {column} is not null"
        )


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
