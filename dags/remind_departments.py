"""Reminds those who have not reported, and escalates after the deadline: daily at 09:00, Asia/Shanghai.

From the 25th on, whoever owes figures for the month finds a notice (催报单) in the outbox: what is missing,
until when, and how many days are left. The day after the deadline, and weekly from then on, the inspection
office (督查室) gets who is past due. The channels (mail, DingTalk, WeCom) get at most one message of a kind
each day.

**The day of a run is the day on which it was due to start**, in the district's time; a manual run can name
another one as the parameter `day`. Running it twice for a day sends nothing twice. It runs on every day, not
only from the 25th to the 5th, because the calendar moves deadlines (days off, extensions); on a day on which
nobody owes anything the task is *skipped*.

The other task, `watch`, opens an incident for each month that was to be published and was not, where nothing
else says why.

What is sent follows from the ledger and the day, whatever other DAG ran or did not run. A red run: see
[Reminders failed](minsheng/handbook/runbook.md#reminders-failed).
"""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import alerts
from airflow.sdk import DAG, Param, task
from airflow.sdk.exceptions import AirflowSkipException
from wiring import Assets, dag_of, for_each_district, regularly, shown

from warehouse.districts import District

log = logging.getLogger(__name__)

PARAMS = {
    "day": Param(
        None,
        type=["null", "string"],
        format="date",
        title="日期 · day",
        description="YYYY-MM-DD; empty for the day on which the run was due to start",
    ),
}


def remind_departments(district: District) -> DAG:
    """Return the DAG that reminds a district's departments and escalates, once a day."""
    assets = Assets.of(district)

    @task(task_display_name="催报 · remind", multiple_outputs=False, inlets=[assets.ledger])
    def remind(dag_run: Any = None, params: Any = None) -> dict[str, Any]:
        from warehouse import obligations

        day = _day(dag_run, params)
        reminders = obligations.remind(district.settings(), day)
        if not reminders.notified:
            raise AirflowSkipException(f"Nobody owes anything on {day}")
        for one in reminders.notified:
            log.info("%s %s: %s", one.organization_code, one.organization_name, one.missing)
        return shown(reminders)

    @task(task_display_name="查未发布 · watch", inlets=[assets.ledger, assets.edition])
    def watch(dag_run: Any = None, params: Any = None) -> list[str]:
        from warehouse import obligations

        missing = obligations.watch_publication(district.settings(), _day(dag_run, params))
        if not missing:
            raise AirflowSkipException("No month is missing")
        return missing

    with dag_of(
        district,
        "remind_departments",
        "催报督办 · remind departments",
        tags=["obligations"],
        schedule=regularly("0 9 * * *"),
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=1),
        params=PARAMS,
        description="Reminds those who have not reported, and escalates after the deadline",
        doc_md=__doc__,
    ) as dag:
        remind()
        watch()
    return dag


def _day(dag_run: Any, params: Any) -> date:
    """Return the day that the run names, or else the one on which it was due to start."""
    due_to_start = dag_run.run_after.astimezone(ZoneInfo(alerts.TIMEZONE)).date()
    return date.fromisoformat(params["day"]) if params["day"] else due_to_start


for_each_district(remind_departments)
