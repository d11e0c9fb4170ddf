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
from airflow.sdk import AssetOrTimeSchedule, dag, task
from airflow.sdk.exceptions import AirflowSkipException
from wiring import CANDIDATE, DEFAULTS, LEDGER, MODELS, folded, regularly, tell_build

from deployment import lineage


@dag(
    schedule=AssetOrTimeSchedule(timetable=regularly("30 1 * * *"), assets=[LEDGER]),
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    deadline=alerts.due_within(timedelta(hours=1)),
    on_failure_callback=alerts.run_failed,
    on_success_callback=alerts.succeeded,
    default_args=DEFAULTS,
    dag_display_name="刷新进度预览 · refresh progress",
    description="Rebuilds the open month's preview when the ledger has changed",
    tags=["minsheng", "preview"],
    doc_md=__doc__,
)
def refresh_progress() -> None:
    """Keep the open month's preview in step with the ledger."""

    @task(
        task_display_name="重建预览 · rebuild",
        multiple_outputs=False,
        inlets=[LEDGER],
        outlets=[CANDIDATE, MODELS],
    )
    def rebuild(outlet_events: Any) -> dict[str, Any]:
        from warehouse import obligations, preview, progress
        from warehouse.settings import Settings

        settings = Settings()
        if (period := obligations.open_month(settings)) is None:
            raise AirflowSkipException("The plan has ended: no month is open for reporting")
        with folded(f"dbt {period}"):
            report = preview.refresh(settings, period)
        if report is None:
            raise AirflowSkipException(f"The preview of {period} is built from all that is known")
        lineage.give(progress.candidate_of(settings, period))
        return tell_build(report, outlet_events, period)

    rebuild()


refresh_progress()
