"""Run by tests in a process of its own: runs of DAGs with `dag.test()`, one after the other, no services.

Reads what to do from standard input as JSON, one after the other: a run (`dag_id`, `conf`, `run_after`), or
SQL on the ledger (`ledger`). Writes what became of each to the file that it is given.
"""

from __future__ import annotations

import json
import sys
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

from airflow.dag_processing.dagbag import BundleDagBag
from airflow.models.dagrun import DagRun
from airflow.models.xcom import XComModel
from airflow.utils.session import create_session

from warehouse import ledger
from warehouse.intake.records import record_older_submissions
from warehouse.settings import PROJECT, Settings

DAGS = PROJECT / "dags"


def outcome(run: DagRun) -> dict[str, Any]:
    """Return the state of the run and of its tasks, and what each task returned."""
    with create_session() as session:
        query = XComModel.get_many(run_id=run.run_id, key="return_value", dag_ids=run.dag_id)
        results = {one.task_id: XComModel.deserialize_value(one) for one in session.scalars(query)}
    states = {one.task_id: str(one.state) for one in run.get_task_instances()}
    return {"state": str(run.state), "tasks": states, "results": results}


def done(asked: dict[str, Any]) -> dict[str, Any]:
    """Do one of the things that standard input asks for."""
    if "ledger" in asked:
        with ledger.writing(Settings()) as connection:
            connection.execute(asked["ledger"])
            # As if intake had taken it in so: otherwise the build refuses the row.
            connection.execute("delete from ledger.batches")
            record_older_submissions(Settings(), connection)
        return {}
    # Read anew for each run: a run writes its parameters into the DAG that it was started with.
    dag = BundleDagBag(DAGS, bundle_path=DAGS, bundle_name="dags-folder").dags[asked["dag_id"]]
    # dag.test() of this version fails on a DAG with a deadline; a running Airflow tests the deadlines.
    dag.deadline = None
    run_after = datetime.fromisoformat(asked["run_after"]) if "run_after" in asked else None
    return outcome(dag.test(logical_date=None, run_after=run_after, run_conf=asked.get("conf", {})))


def main() -> None:
    """Do all of it, with a line in the log before each."""
    # A task that uses what Airflow warns of, since it is going to remove it, fails.
    for file in DAGS.glob("*.py"):
        warnings.filterwarnings("error", module=rf".*{file.stem}$")
    outcomes = []
    for number, asked in enumerate(json.load(sys.stdin)):
        print(f"== {number}", flush=True)  # noqa: T201 - the tests find each run's log by this line
        outcomes.append(done(asked))
    Path(sys.argv[1]).write_text(json.dumps(outcomes, default=str), encoding="utf-8")


if __name__ == "__main__":
    main()
