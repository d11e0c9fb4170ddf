"""What the Airflow DAGs share: assets, the month of a run, when a retry helps, and how results are shown."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from airflow.sdk import (
    Asset,
    AssetAlias,
    CronTriggerTimetable,
    ExceptionRetryPolicy,
    Param,
    RetryAction,
    RetryRule,
)
from alerts import TIMEZONE, task_failed

from warehouse.errors import UsageError
from warehouse.periods import Period

# A DAG that Airflow has never run makes up for a moment that has passed by no more than this: a scheduler may
# come a little late. Airflow's own answer is a tenth of the interval, three days for a monthly DAG, so that
# what a new home does first would hang on the clock.
LATE = timedelta(minutes=1)

LEDGER = Asset(name="ledger", uri="minsheng://ledger", group="minsheng")
CANDIDATE = Asset(name="candidate", uri="minsheng://candidate", group="minsheng")
EDITION = Asset(name="edition", uri="minsheng://edition", group="minsheng")
# Which models and suites there are is known once they have run: each becomes an asset by its first event.
MODELS = AssetAlias(name="models")
SUITES = AssetAlias(name="suites")

PERIOD = Param(
    None,
    type=["null", "string"],
    pattern=r"^\d{4}-(0[1-9]|1[0-2])$",
    title="报告期 · month",
    description="YYYY-MM; empty where the run has a partition key",
)

# Only what can pass by itself is tried again: a ledger that is held, its catalog's database or a machine that
# stumbles, a worker that was killed (which raises nothing). What the warehouse refuses, or a mistake in the
# code, would fail again.
_PASSING = [
    "warehouse.errors.LedgerBusyError",
    "warehouse.errors.CatalogLostError",
    "builtins.OSError",
    "builtins.MemoryError",
]


def log_to_home(_context: Any) -> None:
    """Have what the warehouse logs in this task's process written into the home's log too."""
    from warehouse.logs import log_to_home_too
    from warehouse.settings import Settings

    log_to_home_too(Settings())


DEFAULTS = {
    "owner": "data-team",
    "pool": "warehouse",
    "execution_timeout": timedelta(minutes=30),
    "retries": 2,
    "retry_delay": timedelta(minutes=2),
    "on_execute_callback": log_to_home,
    "on_failure_callback": task_failed,
    "retry_policy": ExceptionRetryPolicy([RetryRule(_PASSING)], default=RetryAction.FAIL),
    # A month that was begun is finished before the next one is built, however many runs a backfill has open.
    "weight_rule": "upstream",
}

log = logging.getLogger(__name__)


def regularly(cron: str) -> CronTriggerTimetable:
    """Return the schedule of a DAG without months, in the district's time."""
    return CronTriggerTimetable(cron, timezone=TIMEZONE, run_immediately=LATE)


def month_of(dag_run: Any, params: Any) -> Period:
    """Return the run's month: its partition key, or the parameter `period` where it has no key.

    It never comes from a clock. Raises UsageError for a run without a month, with two, or with what is none.
    """
    given = {month for month in (dag_run.partition_key, params["period"]) if month}
    if len(given) != 1:
        raise UsageError(
            f"This run names {len(given)} months: give one, for example 2025-03, as its partition key or as "
            "the parameter `period`"
        )
    return Period.parse(given.pop())


def require_known(dag_run: Any, params: Collection[str]) -> None:
    """Raise UsageError for a run that was given a parameter which its DAG does not have."""
    if unknown := sorted(set(dag_run.conf or {}) - set(params)):
        raise UsageError(
            f"This run was given {', '.join(unknown)}, which the DAG does not have: give only "
            f"{', '.join(sorted(params))}"
        )


def shown(report: Any) -> dict[str, Any]:
    """Return a report of the warehouse as plain JSON, for XCom, the asset's event and the log."""
    plain: dict[str, Any] = json.loads(
        json.dumps(dataclasses.asdict(report), ensure_ascii=False, default=str)
    )
    return plain


@contextmanager
def folded(title: str) -> Iterator[None]:
    """Fold what is logged meanwhile under one line in the UI's view of the log."""
    log.info("::group::%s", title)
    try:
        yield
    finally:
        log.info("::endgroup::")


def tell(events: Any, kind: str, period: Period, ran: list[dict[str, Any]]) -> None:
    """Give each model or suite that ran an event of its own asset: which month, how long, how many rows."""
    for facts in ran:
        name = facts[kind]
        asset = Asset(name=f"{kind} {name}", uri=f"minsheng://{kind}/{name}")
        events.add(asset, extra={"period": str(period), **facts})


def tell_build(report: Any, outlet_events: Any, period: Period) -> dict[str, Any]:
    """Show a build as the candidate's event and each model's; return it for the task's XCom."""
    result = shown(report) | {"submissions": len(report.submissions)}
    outlet_events[CANDIDATE].add_partitions(str(period))
    outlet_events[CANDIDATE].extra = {name: value for name, value in result.items() if name != "models"}
    models = [{"model": one["name"], **one} for one in result["models"] if one["layer"] != "test"]
    tell(outlet_events[MODELS], "model", period, models)
    return result
