"""What the Airflow DAGs share: assets, the month of a run, when a retry helps, and how a result is shown."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.exceptions import AirflowFailException

from warehouse.periods import Period

TIMEZONE = "Asia/Shanghai"

LEDGER = Asset(name="ledger", uri="minsheng://ledger", group="minsheng")
CANDIDATE = Asset(name="candidate", uri="minsheng://candidate", group="minsheng")
EDITION = Asset(name="edition", uri="minsheng://edition", group="minsheng")

# Only what can pass by itself is tried again: a ledger that is held, a machine that stumbles, a worker that
# was killed (which raises nothing). What the warehouse refuses, or a mistake in the code, would fail again.
_PASSING = ["warehouse.errors.LedgerBusyError", "builtins.OSError", "builtins.MemoryError"]
DEFAULTS = {
    "owner": "data-team",
    "pool": "warehouse",
    "execution_timeout": timedelta(minutes=30),
    "retries": 2,
    "retry_delay": timedelta(minutes=2),
    "retry_policy": ExceptionRetryPolicy([RetryRule(_PASSING)], default=RetryAction.FAIL),
}


def month_of(dag_run: Any, params: Any) -> Period:
    """Return the run's month: its partition key, or the parameter `period` where it has no key.

    It never comes from a clock; a run without a month, or with two, fails.
    """
    given = {month for month in (dag_run.partition_key, params["period"]) if month}
    if len(given) != 1:
        raise AirflowFailException(
            f"This run names {len(given)} months: give one, for example 2025-03, as its partition key or as "
            "the parameter `period`"
        )
    return Period.parse(given.pop())


def shown(report: Any) -> dict[str, Any]:
    """Return a report of the warehouse as plain JSON, for XCom, the asset's event and the log."""
    plain: dict[str, Any] = json.loads(
        json.dumps(dataclasses.asdict(report), ensure_ascii=False, default=str)
    )
    return plain
