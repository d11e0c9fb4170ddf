"""Rebuilds the preview of the open month whenever the ledger has changed, for the data team.

The open month is the one whose deadline comes next by the plan's calendar: it is read from the plan, never
from the run. Its candidate is built and shown, and nothing is published. A closed month is left alone, so no
month is rebuilt under an audit or an approval.

Airflow may lose or join events of an asset; the nightly run makes up for those. When the preview is built
from all that is known, the task is *skipped*.

A red run: see [A build failed](minsheng/handbook/runbook.md#a-build-failed).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import alerts
from airflow.sdk import DAG, AssetOrTimeSchedule, task
from airflow.sdk.exceptions import AirflowSkipException
from wiring import Assets, dag_of, folded, for_each_district, regularly, tell_build

from deployment import lineage
from warehouse.districts import District


def refresh_progress(district: District) -> DAG:
    """Return the DAG that keeps a district's preview of the open month in step with its ledger."""
    assets = Assets.of(district)

    @task(
        task_display_name="重建预览 · rebuild",
        multiple_outputs=False,
        inlets=[assets.ledger],
        outlets=[assets.candidate, assets.models],
    )
    def rebuild(outlet_events: Any = None) -> dict[str, Any]:
        from warehouse import obligations, preview, progress

        settings = district.settings()
        if (period := obligations.open_month(settings)) is None:
            raise AirflowSkipException("The plan has ended: no month is open for reporting")
        with folded(f"dbt {period}"):
            report = preview.refresh(settings, period)
        if report is None:
            raise AirflowSkipException(f"The preview of {period} is built from all that is known")
        lineage.give(progress.candidate_of(settings, period))
        return tell_build(report, outlet_events, district, period)

    with dag_of(
        district,
        "refresh_progress",
        "刷新进度预览 · refresh progress",
        tags=["preview"],
        schedule=AssetOrTimeSchedule(timetable=regularly("30 1 * * *"), assets=[assets.ledger]),
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=2),
        deadline=alerts.due_within(timedelta(hours=1)),
        description="Rebuilds the open month's preview when the ledger has changed",
        doc_md=__doc__,
    ) as dag:
        rebuild()
    return dag


for_each_district(refresh_progress)
