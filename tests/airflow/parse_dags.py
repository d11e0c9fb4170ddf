"""Run by test_dag_parsing in a process of its own: parse the DAGs as Airflow does, and tell what that did."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import airflow.sdk  # noqa: F401 - beyond Airflow itself is what is measured
from airflow.dag_processing.dagbag import BundleDagBag

HEAVY = {"duckdb", "dbt", "great_expectations", "pyarrow", "pandas", "openpyxl"}
opened: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "sqlite3.connect" or (event == "open" and str(arguments[0]).endswith((".duckdb", ".db"))):
        opened.append(f"{event}: {arguments[0]}")


folder = Path(sys.argv[1])
before = set(sys.modules)
sys.addaudithook(_watch)
started = time.perf_counter()
bag = BundleDagBag(folder, bundle_path=folder, bundle_name="dags-folder")
seconds = time.perf_counter() - started
while_parsing = list(opened)

print(  # noqa: T201
    json.dumps(
        {
            "errors": bag.import_errors,
            "seconds": seconds,
            "opened": while_parsing,
            "heavy": sorted(HEAVY & (set(sys.modules) - before)),
            "dags": {
                dag.dag_id: {
                    "display_name": dag.dag_display_name,
                    "doc": dag.doc_md,
                    "tags": sorted(dag.tags),
                    "catchup": dag.catchup,
                    "max_active_runs": dag.max_active_runs,
                    "timeout": dag.dagrun_timeout is not None,
                    "tasks": [
                        {
                            "task_id": task.task_id,
                            "display_name": task.task_display_name,
                            "owner": task.owner,
                            "pool": task.pool,
                            "timeout": task.execution_timeout is not None,
                            "retry_policy": task.retry_policy is not None,
                        }
                        for task in dag.tasks
                    ],
                }
                for dag in bag.dags.values()
            },
        }
    )
)
