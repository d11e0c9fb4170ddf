"""Publishes a month's edition: at 08:00 on the 6th, Asia/Shanghai, that of the month before.

**The month of a run is its partition key**, `YYYY-MM`. The schedule and a backfill set it; a manual run names
it, as its partition key or as the parameter `period`. It never comes from a clock, so all three give the same
edition.

| task | does | red means |
| --- | --- | --- |
| `build` | computes the month's marts with dbt, in a candidate of its own | a model or a test of dbt failed |
| `check` | audits the candidate with Great Expectations | the gate **blocked** the month |
| `publish` | publishes exactly what was audited | the month **waits for an approval** |

Until `publish` is done, the last edition stays as it is. A month of which the gate only warns is published by
a person: run it again for the same month with `approve` set to your name and, if there is more to say, a
`note`. Publishing again what is already published changes nothing.

A red run: see **A month is blocked** and **A month waits for an approval** in `docs/runbook.md`.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from typing import Any

from airflow.sdk import CronPartitionTimetable, Param, dag, task
from airflow.sdk.exceptions import AirflowFailException
from wiring import CANDIDATE, DEFAULTS, EDITION, LEDGER, TIMEZONE, month_of, shown

log = logging.getLogger(__name__)

PARAMS = {
    "period": Param(
        None,
        type=["null", "string"],
        pattern=r"^\d{4}-(0[1-9]|1[0-2])$",
        title="报告期 · month",
        description="YYYY-MM; empty where the run has a partition key",
    ),
    "approve": Param(
        None,
        type=["null", "string"],
        minLength=1,
        title="批准人 · approved by",
        description="Your name, where the gate only warns and you have decided to publish",
    ),
    "note": Param(
        None,
        type=["null", "string"],
        minLength=1,
        title="说明 · note",
        description="Why this month is published, or published again",
    ),
}


@dag(
    schedule=CronPartitionTimetable("0 8 6 * *", timezone=TIMEZONE, run_offset=-1, key_format="%Y-%m"),
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=4),
    default_args=DEFAULTS,
    params=PARAMS,
    dag_display_name="发布月度版本 · publish monthly",
    description="Builds, checks and publishes one month's edition",
    tags=["minsheng", "editions"],
    doc_md=__doc__,
)
def publish_monthly() -> None:
    """Build, check and publish one month."""

    @task(task_display_name="生成候选版 · build", inlets=[LEDGER], outlets=[CANDIDATE])
    def build(dag_run: Any, params: Any, outlet_events: Any) -> dict[str, Any]:
        from warehouse import progress
        from warehouse.settings import Settings

        period = month_of(dag_run, params)
        report = progress.build(Settings(), period)
        for model in report.models:
            log.info("%s", model)
        result = shown(report) | {"submissions": len(report.submissions)}
        outlet_events[CANDIDATE].add_partitions(str(period))
        outlet_events[CANDIDATE].extra = result
        return result

    @task(task_display_name="质量检查 · check", inlets=[CANDIDATE])
    def check(dag_run: Any, params: Any, ti: Any) -> None:
        from warehouse import gate
        from warehouse.settings import Settings

        report = gate.check(Settings(), month_of(dag_run, params))
        held_back_by = [f"{one.suite}.{one.expectation}" for one in report.held_back_by]
        for one in report.held_back_by:
            log.error("%s", one)
        ti.xcom_push(
            "gate",
            {
                "verdict": report.verdict,
                "outcomes": Counter(one.outcome for one in report.results),
                "held_back_by": held_back_by,
            },
        )
        if report.verdict == "blocked":
            raise AirflowFailException(f"The gate blocks {report.period}: {', '.join(held_back_by)}")

    @task(task_display_name="发布 · publish", inlets=[CANDIDATE], outlets=[EDITION])
    def publish(dag_run: Any, params: Any, outlet_events: Any) -> dict[str, Any]:
        from warehouse import editions
        from warehouse.settings import Settings

        period = month_of(dag_run, params)
        edition = editions.publish(Settings(), period, approved_by=params["approve"], note=params["note"])
        manifest = edition.manifest()
        told = {name: manifest[name] for name in ("reason", "approved_by", "is_sample", "marts_sha256")}
        result = {"edition": edition.name, "folder": edition.folder, **told}
        log.info("published: %s", result)
        outlet_events[EDITION].add_partitions(str(period))
        outlet_events[EDITION].extra = result
        return result

    build() >> check() >> publish()


publish_monthly()
