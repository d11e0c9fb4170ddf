"""Run by test_dag_parsing in a process of its own: parse the DAGs as Airflow does, and tell what that did."""

from __future__ import annotations

import json
import sys
import time
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import airflow.sdk  # noqa: F401 - beyond Airflow itself is what is measured
from airflow.dag_processing.dagbag import BundleDagBag
from airflow.sdk import timezone
from airflow.serialization.encoders import coerce_to_core_timetable
from airflow.timetables.base import TimeRestriction

from warehouse import errors

HEAVY = {"duckdb", "dbt", "great_expectations", "pyarrow", "pandas", "openpyxl"}
opened: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "sqlite3.connect" or (event == "open" and str(arguments[0]).endswith((".duckdb", ".db"))):
        opened.append(f"{event}: {arguments[0]}")


folder = Path(sys.argv[1])
before = set(sys.modules)
sys.addaudithook(_watch)
started = time.process_time()
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    bag = BundleDagBag(folder, bundle_path=folder, bundle_name="dags-folder")
seconds = time.process_time() - started
while_parsing = list(opened)

timetable = coerce_to_core_timetable(bag.dags["publish_monthly"].timetable)
backfill = timetable.iter_partition_dagrun_infos(
    earliest=datetime(2024, 1, 1, tzinfo=UTC), latest=datetime(2024, 12, 31, tzinfo=UTC)
)
since = TimeRestriction(timezone.datetime(2025, 3, 20), latest=None, catchup=True)
scheduled = timetable.next_dagrun_info_v2(last_dagrun_info=None, restriction=since)

new_home = TimeRestriction(earliest=None, latest=None, catchup=False)
made_up_for = []
for dag_id, dag in bag.dags.items():
    schedule = coerce_to_core_timetable(dag.timetable)
    for half_hours in range(48):
        now = timezone.datetime(2025, 3, 6) + timedelta(hours=half_hours / 2, minutes=2)
        with patch("airflow.timetables.trigger.utcnow", return_value=now):
            first = schedule.next_dagrun_info_v2(last_dagrun_info=None, restriction=new_home)
        if first.run_after <= now:
            made_up_for.append(f"{dag_id} at {now}")

failures = [
    errors.LedgerBusyError(),
    errors.CatalogLostError(),
    errors.NotPublishedError(),
    errors.MinshengError(),
    OSError(),
    MemoryError(),
    ValueError(),
]


def tried_again(policy: Any) -> list[str]:
    """Return the failures after which a task with this policy is tried again."""
    return [
        type(failure).__name__
        for failure in failures
        if policy.evaluate(failure, try_number=1, max_tries=3).action.value == "retry"
    ]


print(  # noqa: T201
    json.dumps(
        {
            "errors": bag.import_errors,
            "seconds": seconds,
            "opened": while_parsing,
            "warned": [f"{one.filename}: {one.message}" for one in warned],
            "heavy": sorted(HEAVY & (set(sys.modules) - before)),
            "backfill": [run.partition_key for run in backfill],
            "scheduled": [scheduled.run_after.isoformat(), scheduled.partition_key],
            "made_up_for": made_up_for,
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
                            "is_spread": getattr(task, "multiple_outputs", False),
                            "timeout": task.execution_timeout is not None,
                            "tried_again": tried_again(task.retry_policy),
                        }
                        for task in dag.tasks
                    ],
                }
                for dag in bag.dags.values()
            },
        }
    )
)
