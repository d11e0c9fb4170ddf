"""Takes in what the departments have dropped into their inboxes, every ten minutes.

Every file gets a receipt in the department's outbox; every row is accepted, accepted with a warning, or
refused with a reason. Running it twice changes nothing. When nothing has arrived, the task is *skipped*,
and the asset `ledger` gets no event.

The other task, `measure`, sends the metrics of the warehouse with Airflow's own, and writes them for
Prometheus into `logs/minsheng.prom` of the home.

A red run: see [Intake failed](minsheng/handbook/runbook.md#intake-failed). A refused file is not a
red run; it is a receipt.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import alerts
from airflow.sdk import DAG, TriggerRule, task
from airflow.sdk.exceptions import AirflowSkipException
from wiring import Assets, dag_of, for_each_district, regularly, sent_to_stats

from deployment import lineage
from warehouse.districts import District

log = logging.getLogger(__name__)


def ingest_submissions(district: District) -> DAG:
    """Return the DAG that takes in a district's inboxes, once a run."""
    ledger = Assets.of(district).ledger

    @task(task_display_name="收件入账 · take in", multiple_outputs=False, outlets=[ledger])
    def take_in(outlet_events: Any = None) -> dict[str, Any]:
        from warehouse import intake

        report = intake.take_in(district.settings())
        lineage.give(report)
        for one in report.left:
            log.warning("left in the inbox of %s: %s: %s", one.organization_code, one.file_name, one.reason)
        if not report.submissions:
            raise AirflowSkipException("Nothing has arrived")
        for taken in report.submissions:
            log.info("%s: %s, %s", taken.status, taken.receipt, taken.rows)
        result = {**report.totals, "left": len(report.left)}
        outlet_events[ledger].extra = result
        return result

    @task(task_display_name="指标 · measure", multiple_outputs=False, trigger_rule=TriggerRule.NONE_FAILED)
    def measure() -> dict[str, float]:
        from warehouse import metrics

        settings = district.settings()
        measurements = metrics.measure(settings)
        metrics.write_exposition(settings, measurements)
        return sent_to_stats(district, measurements)

    with dag_of(
        district,
        "ingest_submissions",
        "接收报送 · ingest submissions",
        tags=["submissions"],
        schedule=regularly("*/10 * * * *"),
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=2),
        deadline=alerts.due_within(timedelta(minutes=30)),
        description="Takes in what the departments have dropped, every ten minutes",
        doc_md=__doc__,
    ) as dag:
        take_in() >> measure()
    return dag


for_each_district(ingest_submissions)
