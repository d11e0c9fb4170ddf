"""What the Airflow DAGs share: the loop over districts, assets, the month of a run, how results are shown."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import alerts
from airflow.sdk import (
    DAG,
    Asset,
    CronTriggerTimetable,
    ExceptionRetryPolicy,
    Param,
    RetryAction,
    RetryRule,
    TaskInstanceState,
    get_parsing_context,
    timezone,
)
from airflow.sdk.exceptions import AirflowRescheduleException
from airflow.sdk.observability import stats

from deployment import backfills
from warehouse.districts import District, Listing, installed
from warehouse.errors import UsageError
from warehouse.periods import Period

# A DAG that Airflow has never run makes up for a moment that has passed by no more than this: a scheduler may
# come a little late. Airflow's own answer is a tenth of the interval, three days for a monthly DAG, so that
# what a new home does first would hang on the clock.
LATE = timedelta(minutes=1)

LAST_TASK = "publish"
"""The task of `publish_monthly` with which a month has ended, one way or another."""
_ENDED = {
    TaskInstanceState.SUCCESS,
    TaskInstanceState.FAILED,
    TaskInstanceState.UPSTREAM_FAILED,
    TaskInstanceState.SKIPPED,
    TaskInstanceState.REMOVED,
}
TURN = timedelta(minutes=1)
"""How long a run of a backfill waits before it looks again whether it is its turn."""

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
_PASSING: list[type[BaseException] | str] = [
    "warehouse.errors.LedgerBusyError",
    "warehouse.errors.CatalogLostError",
    "builtins.OSError",
    "builtins.MemoryError",
]


def for_each_district(factory: Callable[[District], DAG]) -> None:
    """Make a factory's DAG for each district of the installation; for a task, only the DAG that it is of.

    Raises MinshengError where there is a list of districts and it cannot be read. An entry that the list
    refuses has no DAGs; `refused_districts` shows why.
    """
    listing = installed()
    asked = get_parsing_context().dag_id
    for district in [District()] if listing is None else listing.districts:
        if asked in (None, district.named(factory.__name__)):
            factory(district)


def for_the_city(*factories: Callable[[District, Listing], DAG]) -> None:
    """Make the DAGs of the city, where the list of districts names one; raises MinshengError likewise."""
    listing, asked = installed(), get_parsing_context().dag_id
    if listing is None or listing.city is None:
        return
    for factory in factories:
        if asked in (None, factory.__name__):
            factory(listing.city, listing)


@dataclass(frozen=True)
class Assets:
    """What the DAGs of one district make known to each other, and to no other district's."""

    ledger: Asset
    candidate: Asset
    edition: Asset
    # One event for a month's models and one for its suites, each with all that ran: few enough to read.
    models: Asset
    suites: Asset

    @classmethod
    def of(cls, district: District) -> Assets:
        """Return a district's assets, the same ones in each of its DAGs."""
        return cls(
            _shared(district, "ledger"),
            _shared(district, "candidate"),
            _shared(district, "edition"),
            _shared(district, "models"),
            _shared(district, "suites"),
        )


def _shared(district: District, name: str) -> Asset:
    return Asset(name=district.named(name), uri=district.address(name), group="minsheng")


def dag_of(
    district: District,
    name: str,
    title: str,
    *,
    schedule: Any,
    of_tasks: dict[str, Any] | None = None,
    **more: Any,
) -> DAG:
    """Return a DAG of a district, without tasks, and with what all DAGs have: pool, queue, role, alerts.

    `of_tasks` are arguments of its tasks beside the common ones; `more`, with its `tags`, are the DAG's own.
    """
    tags = {"minsheng", district.code, district.name, *more.pop("tags")} - {""}
    of_district = {"queue": district.queue} if district.queue else {}
    return DAG(
        district.named(name),
        dag_display_name=district.titled(title),
        schedule=schedule,
        tags=sorted(tags),
        access_control={district.role: _MAY_DO} if district.role else None,
        default_args=_DEFAULTS | {"pool": district.named("warehouse")} | of_district | (of_tasks or {}),
        on_failure_callback=alerts.run_failed,
        on_success_callback=alerts.succeeded,
        **more,
    )


def _log_to_home(context: Any) -> None:
    """Have what the warehouse logs in this task's process written into the home's log too."""
    alerts.settings_of(context["ti"].dag_id)


_DEFAULTS = {
    "owner": "data-team",
    "execution_timeout": timedelta(minutes=30),
    "retries": 2,
    "retry_delay": timedelta(minutes=2),
    "on_execute_callback": _log_to_home,
    "on_failure_callback": alerts.task_failed,
    "on_retry_callback": alerts.task_retried,
    "retry_policy": ExceptionRetryPolicy([RetryRule(_PASSING)], default=RetryAction.FAIL),
    # A month that was begun is finished before the next one is built, however many runs a backfill has open.
    "weight_rule": "upstream",
}

# What a district's role may do with its DAGs: see and run them; with runs and tasks, its permissions say.
_MAY_DO = {"DAGs": {"can_read", "can_edit"}}

log = logging.getLogger(__name__)


def regularly(cron: str) -> CronTriggerTimetable:
    """Return the schedule of a DAG without months, in the district's time."""
    return CronTriggerTimetable(cron, timezone=alerts.TIMEZONE, run_immediately=LATE)


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


def wait_for_turn(ti: Any) -> None:
    """Let a run of a backfill wait, a minute at a time, until those of earlier months have ended.

    Airflow keeps their order only where it runs one at a time. An edition is compared with the one of the
    month before, also where that was cleared and runs again.
    """
    states = ti.get_task_states(ti.dag_id, task_ids=[LAST_TASK])
    unfinished = [run_id for run_id, tasks in states.items() if tasks[LAST_TASK] not in _ENDED]
    if earlier := backfills.before(ti.run_id, unfinished):
        log.info("waits for the earlier months of its backfill: %s", ", ".join(earlier))
        raise AirflowRescheduleException(timezone.utcnow() + TURN)  # type: ignore[no-untyped-call]  # Airflow's own is not typed


def require_known(dag_run: Any, params: Collection[str]) -> None:
    """Raise UsageError for a run that was given a parameter which its DAG does not have."""
    if unknown := sorted(set(dag_run.conf or {}) - set(params)):
        raise UsageError(
            f"This run was given {', '.join(unknown)}, which the DAG does not have: give only "
            f"{', '.join(sorted(params))}"
        )


def sent_to_stats(district: District, measurements: list[Any]) -> dict[str, float]:
    """Send a district's measurements to where Airflow sends its own metrics, if anywhere; return them."""
    root = district.named("warehouse")
    named = {".".join([root, one.name, *one.labels.values()]): one.value for one in measurements}
    for name, value in named.items():
        stats.gauge(name, value)
    return named


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


def tell(events: Any, asset: Asset, period: Period, facts: dict[str, Any]) -> None:
    """Give the asset its event of a month, with what is to be known of it."""
    events[asset].add_partitions(str(period))
    events[asset].extra = facts


def by_name(ran: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    """Return what ran by its name: of each model or suite how long it took, and on how many rows."""
    return {one[kind]: {name: value for name, value in one.items() if name != kind} for one in ran}


def tell_build(report: Any, outlet_events: Any, district: District, period: Period) -> dict[str, Any]:
    """Show a build as an event of the candidate and one of its models; return it for the task's XCom."""
    assets = Assets.of(district)
    result = shown(report) | {"submissions": len(report.submissions)}
    models = [one for one in result["models"] if one["layer"] != "test"]
    candidate = {name: value for name, value in result.items() if name != "models"}
    tell(outlet_events, assets.candidate, period, candidate)
    tell(outlet_events, assets.models, period, by_name(models, "name"))
    return result
