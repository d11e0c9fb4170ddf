"""Publishes a month's edition: at 08:00 on the 6th, Asia/Shanghai, that of the month before.

Where days off have moved the month's deadline, the scheduled run waits for 08:00 on the day after it. A run
of a backfill waits for those of earlier months.

**The month of a run is its partition key**, `YYYY-MM`. The schedule and a backfill set it; a manual run names
it, as its partition key or as the parameter `period`. It never comes from a clock, so all three give the same
edition.

| task | does | red means |
| --- | --- | --- |
| `await_deadline` | lets a scheduled run wait for the deadline | the month cannot be published, or is none |
| `build` | computes the month's marts with dbt, in a candidate of its own | a model or a test of dbt failed |
| `check` | audits the candidate with Great Expectations | the gate **blocked** the month |
| `decide` | goes on at once, or **waits for a person** where the gate only warns | nobody decided in time |
| `publish` | publishes exactly what was audited | the candidate is not the one that was audited |

A month of which the gate only warns waits under *Required actions*: whoever may run DAGs approves it with a
reason, or rejects it; not the person who started the run. A rejected month ends with `decide` and `publish`
skipped. The edition's manifest has the accounts of both.

A scheduled run of a month outside the plan, or whose deadline had passed when the home was made, ends
*skipped*.

Until `publish` is done, the last edition stays as it is. Publishing again what is already published changes
nothing.

A red run: see [A month is blocked](minsheng/handbook/runbook.md#a-month-is-blocked) and
[A month waits for an approval](minsheng/handbook/runbook.md#a-month-waits-for-an-approval).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import alerts
from airflow.sdk import DAG, CronPartitionTimetable, Param, chain, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from decision import REASON, WAIT, DecisionOperator, question
from wiring import (
    LATE,
    PERIOD,
    Assets,
    by_name,
    dag_of,
    folded,
    for_each_district,
    month_of,
    require_known,
    tell,
    tell_build,
    wait_for_turn,
)

from deployment import lineage
from warehouse.districts import District

log = logging.getLogger(__name__)

# The days off around the Spring Festival and the National Day are eight at most, with a weekend at an end.
LONGEST_MOVE = timedelta(days=14)
# A run may wait as long for the months before it, each of which may wait for a person.
AT_ONCE = LONGEST_MOVE // WAIT + 1

PARAMS = {
    "period": PERIOD,
    "note": Param(
        None,
        type=["null", "string"],
        minLength=1,
        title="说明 · note",
        description="Why this month is published, or published again",
    ),
}


def publish_monthly(district: District) -> DAG:
    """Return the DAG that builds, checks and publishes a district's month, and asks where it must."""
    with dag_of(
        district,
        "publish_monthly",
        "发布月度版本 · publish monthly",
        tags=["editions"],
        schedule=CronPartitionTimetable(
            "0 8 6 * *", timezone=alerts.TIMEZONE, run_offset=-1, key_format="%Y-%m", run_immediately=LATE
        ),
        # More than one, because a month may wait for days for a person; the pool still makes them take turns.
        max_active_runs=AT_ONCE,
        dagrun_timeout=LONGEST_MOVE + WAIT + timedelta(hours=4),
        deadline=alerts.due_within(timedelta(hours=2)),
        params=PARAMS,
        description="Builds, checks and publishes one month's edition",
        doc_md=__doc__,
    ) as dag:
        steps = (_await_deadline(district), _build(district), _check(district), _decide(), _publish(district))
        chain(*steps)
    return dag


def _await_deadline(district: District) -> Any:
    @task.sensor(
        task_display_name="等待截止 · await deadline",
        mode="reschedule",
        poke_interval=timedelta(minutes=15).total_seconds(),
        timeout=LONGEST_MOVE.total_seconds(),
        # Outside the pool of one slot: a run that names a wrong month says so at once.
        pool="default_pool",
        inlets=[Assets.of(district).ledger],
    )
    def await_deadline(dag_run: Any = None, params: Any = None, ti: Any = None) -> bool:
        from warehouse import clock, obligations

        require_known(dag_run, PARAMS)
        period = month_of(dag_run, params)
        calendar = obligations.calendar_of(district.settings())
        if dag_run.run_type != "scheduled":
            calendar.require_publishable(period)
            if dag_run.run_type == "backfill":
                wait_for_turn(ti)
            return True
        reason, first_day = calendar.passed_over(period), calendar.publishable_from(period)
        if reason or first_day is None:
            raise AirflowSkipException(reason)
        at = dag_run.run_after.astimezone(ZoneInfo(alerts.TIMEZONE)).time()
        return clock.now() >= datetime.combine(first_day, at)

    return await_deadline()


def _build(district: District) -> Any:
    assets = Assets.of(district)

    @task(
        task_display_name="生成候选版 · build",
        multiple_outputs=False,
        inlets=[assets.ledger],
        outlets=[assets.candidate, assets.models],
    )
    def build(dag_run: Any = None, params: Any = None, outlet_events: Any = None) -> dict[str, Any]:
        from warehouse import progress

        settings, period = district.settings(), month_of(dag_run, params)
        with folded(f"dbt {period}"):
            report = progress.build(settings, period)
        lineage.give(progress.candidate_of(settings, period))
        return tell_build(report, outlet_events, district, period)

    return build()


def _check(district: District) -> Any:
    assets = Assets.of(district)

    @task(task_display_name="质量检查 · check", inlets=[assets.candidate], outlets=[assets.suites])
    def check(dag_run: Any = None, params: Any = None, ti: Any = None, outlet_events: Any = None) -> None:
        from warehouse import gate

        period = month_of(dag_run, params)
        with folded(f"Great Expectations {period}"):
            report = gate.check(district.settings(), period)
        lineage.give(report)
        held_back_by = [f"{one.suite}.{one.expectation}" for one in report.held_back_by]
        for one in report.held_back_by:
            log.error("%s", one.said)
        told = {"period": str(period), "verdict": report.verdict, "held_back_by": held_back_by}
        ti.xcom_push("gate", told | {"suites": report.suites} | question(report))
        if report.verdict == "blocked":
            raise AirflowFailException(f"The gate blocks {period}: {', '.join(held_back_by)}")
        tell(outlet_events, assets.suites, period, by_name(report.suites, "suite"))

    return check()


def _decide() -> DecisionOperator:
    return DecisionOperator(task_id="decide", task_display_name="审批 · decide", params={"reason": REASON})


def _publish(district: District) -> Any:
    assets = Assets.of(district)

    @task(
        task_display_name="发布 · publish",
        multiple_outputs=False,
        inlets=[assets.candidate],
        outlets=[assets.edition],
    )
    def publish(
        dag_run: Any = None, params: Any = None, ti: Any = None, outlet_events: Any = None
    ) -> dict[str, Any]:
        from warehouse import editions

        period = month_of(dag_run, params)
        decision = ti.xcom_pull("decide")
        accounts = editions.Accounts(
            "airflow", dag_run.triggering_user_name, decision["approved_by"], dag_run.run_id
        )
        edition = editions.publish(district.settings(), period, **decision, accounts=accounts)
        lineage.give(edition)
        manifest = edition.manifest()
        told = {name: manifest[name] for name in ("reason", "approved_by", "is_sample", "marts_sha256")}
        result = {"edition": edition.name, "folder": edition.folder, **told}
        tell(outlet_events, assets.edition, period, result)
        alerts.settled(dag_run.dag_id, str(period))
        return result

    return publish()


for_each_district(publish_monthly)
