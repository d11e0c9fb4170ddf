"""Run by tests in a process of its own, whose clock stands elsewhere: a morning of Airflow's own schedule.

Starts Airflow on a home and waits until its schedule has made, and ended, the run of a month and a further
run of each other DAG that is named. Prints, as JSON, the months that were ever scheduled and how each task of
the awaited one ended.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import chain
from pathlib import Path

from deployment.embedded import Airflow, running
from deployment.embedded.api import Run
from warehouse.settings import Settings

_MOST_SECONDS = 600
_POLL_SECONDS = 1


def scheduled(airflow: Airflow, dag_id: str) -> list[Run]:
    """Return the runs that the schedule made, the oldest first."""
    return [run for run in reversed(airflow.api.runs(dag_id)) if run.run_type == "scheduled"]


def play(airflow: Airflow, month: str, others: list[str]) -> dict[str, object]:
    """Wait for the runs; return what became of the month."""
    before = {dag_id: len(scheduled(airflow, dag_id)) for dag_id in others}
    give_up_at = time.monotonic() + _MOST_SECONDS
    while time.monotonic() < give_up_at:
        airflow.check()
        months = scheduled(airflow, "publish_monthly")
        further = [scheduled(airflow, dag_id)[count:] for dag_id, count in before.items()]
        awaited = [run for run in months if run.key == month]
        if awaited and all(further) and all(run.has_ended for run in [*months, *chain(*further)]):
            states = {task.task_id: task.state for task in airflow.api.tasks(awaited[0])}
            return {"months": [run.key for run in months], "states": states}
        time.sleep(_POLL_SECONDS)
    raise TimeoutError(f"The schedule did not end the run of {month} within {_MOST_SECONDS} seconds")


if __name__ == "__main__":
    home, plan, month, *others = sys.argv[1:]
    with running(Settings(home=Path(home), plan=Path(plan))) as airflow:
        sys.stdout.write(json.dumps(play(airflow, month, others)))
