"""Run by benchmarks.districts in a process of its own: read the DAGs of a list of districts, as Airflow does.

With the id of a DAG, as the task runner does for a task of it.
"""

from __future__ import annotations

import json
import os
import sys
import time

import airflow.sdk  # noqa: F401 - beyond Airflow itself is what is measured
from airflow.dag_processing.dagbag import BundleDagBag

from benchmarks.measure import peak_gibibytes
from warehouse.settings import PROJECT

_FOLDER = PROJECT / "dags"
_CONTEXT = "_AIRFLOW_PARSING_CONTEXT_DAG_ID"


def main() -> None:
    """Read, and print what it cost."""
    read = _FOLDER
    for dag_id in sys.argv[1:]:
        os.environ[_CONTEXT] = dag_id
        read = _FOLDER / f"{dag_id.rpartition('.')[2]}.py"
    begin, processor = time.perf_counter(), time.process_time()
    bag = BundleDagBag(read, bundle_path=_FOLDER, bundle_name="dags-folder")
    cost = {"seconds": time.perf_counter() - begin, "processor_seconds": time.process_time() - processor}
    if bag.import_errors:
        sys.exit(str(bag.import_errors))
    mebibytes = peak_gibibytes() * 1024
    print(json.dumps(cost | {"mebibytes": mebibytes, "dags": len(bag.dags)}))


if __name__ == "__main__":
    main()
