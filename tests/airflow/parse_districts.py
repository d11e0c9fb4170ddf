"""Run by test_district_dags in a process of its own: parse the DAGs of some lists of districts.

Each argument is a list; an argument `LIST:DAG` parses as the task runner does for a task of that DAG.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import airflow.sdk  # noqa: F401 - beyond Airflow itself is what is measured
from airflow.dag_processing.dagbag import BundleDagBag
from airflow.sdk import DAG, Asset, AssetAlias
from airflow.sdk.definitions._internal.dag_parsing_context import _airflow_parsing_context_manager

from warehouse.settings import PROJECT

FOLDER = PROJECT / "dags"


def parsed(file: str, dag_id: str) -> dict[str, Any]:
    """Return what Airflow reads under this list, and the processor seconds that it takes."""
    os.environ["MINSHENG_DISTRICTS"] = file
    # The task runner reads only the file with the task's DAG.
    folder = FOLDER / f"{dag_id.rpartition('.')[2]}.py" if dag_id else FOLDER
    started = time.process_time()
    with _airflow_parsing_context_manager(dag_id=dag_id or None, task_id=None):
        bag = BundleDagBag(folder, bundle_path=FOLDER, bundle_name="dags-folder")
    seconds = time.process_time() - started
    dags = {dag.dag_id: facts(dag) for dag in bag.dags.values()}
    return {"dags": dags, "errors": bag.import_errors, "seconds": seconds}


def facts(dag: DAG) -> dict[str, Any]:
    """Return what makes a DAG one of its district."""
    assets = [one for task in dag.tasks for one in (*task.inlets, *task.outlets)]
    return {
        "title": dag.dag_display_name,
        "tags": sorted(dag.tags),
        "roles": {name: {one: sorted(may) for one, may in does.items()}
                  for name, does in (dag.access_control or {}).items()},
        "pools": sorted({task.pool for task in dag.tasks}),
        "queues": sorted({task.queue for task in dag.tasks}),
        "assets": sorted({one.name for one in assets if isinstance(one, Asset | AssetAlias)}),
        "addresses": sorted({one.uri for one in assets if isinstance(one, Asset)}),
        "waits_for": [one.uri for one in getattr(dag.timetable.asset_condition, "objects", [])],
    }  # fmt: skip


answers = [parsed(*argument.partition(":")[::2]) for argument in sys.argv[2:]]
Path(sys.argv[1]).write_text(json.dumps(answers), encoding="utf-8")
