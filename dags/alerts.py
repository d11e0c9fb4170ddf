"""Who is told when a run fails, is late, or waits: one incident for each cause, opened, updated and closed.

Airflow calls these functions; what becomes of an incident is the business of `warehouse.notifications`. They
are the quick half of watching: what did not happen at all no run can tell; `remind_departments` finds it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import DeadlineAlert, DeadlineReference, SyncCallback
from wiring import TIMEZONE

_RUNBOOK = "docs/runbook.md#"
_CHAPTERS = {
    "ingest_submissions": "intake-failed",
    "refresh_progress": "a-build-failed",
    "publish_monthly": "a-month-is-not-published",
    "remind_departments": "reminders-failed",
    "maintain_warehouse": "maintenance-failed",
}


def failed(context: Any) -> None:
    """Open or update the incident of a DAG whose run has failed, or took longer than it may."""
    name = _name(context.get("dag_run"), context["dag"].dag_id)
    task = context["ti"].task_id if "ti" in context else "—"
    _report(
        name,
        f"{name} 运行失败",
        f"运行 {context['run_id']} 失败（{context.get('reason') or 'failed'}），最后的任务是 {task}。",
        _CHAPTERS.get(context["dag"].dag_id, "a-run-failed"),
    )


def succeeded(context: Any) -> None:
    """Close what was open about that DAG and month."""
    name = _name(context.get("dag_run"), context["dag"].dag_id)
    for cause in (name, _late(name)):
        _close(cause)


def late(context: dict[str, Any]) -> None:
    """Say that a run has not ended by its deadline; Airflow's executor calls it, with the run as JSON."""
    run = context["dag_run"]
    if _awaits_deadline(run):
        return
    name = _name(run, run["dag_id"])
    _report(
        _late(name),
        f"{name} 逾时未完成",
        f"运行 {run['dag_run_id']} 应于 {_shown(context['deadline']['deadline_time'])} 前结束，"
        f"现为 {run['state']}。",
        "a-run-is-late",
    )


def due_within(interval: Any) -> DeadlineAlert:
    """Return the deadline of a run: so long after it was queued, whatever it waits for."""
    return DeadlineAlert(DeadlineReference.DAGRUN_QUEUED_AT, interval, SyncCallback("alerts.late"))


def waits(period: str, text: str) -> None:
    """Say that a month waits for a person's decision, or what was decided against it."""
    _report(_decision(period), f"{period} 待审批", text, "a-month-waits-for-an-approval")


def settled(period: str) -> None:
    """Close what was open about a month's decision: it is published."""
    _close(_decision(period))


def _awaits_deadline(run: dict[str, Any]) -> bool:
    """Whether the calendar has moved the month's deadline, so that its run waits and is not late."""
    from warehouse import clock, obligations
    from warehouse.periods import Period
    from warehouse.settings import Settings

    if run["dag_id"] != "publish_monthly" or run.get("run_type") != "scheduled":
        return False
    first_day = obligations.publishable_from(Settings(), Period.parse(run["partition_key"]))
    return first_day is not None and clock.now().date() <= first_day


def _decision(period: str) -> str:
    return f"decision {period}"


def _late(name: str) -> str:
    return f"{name} late"


def _name(dag_run: Any, dag_id: str) -> str:
    """Return the DAG, and the month of the run where it has one: what its incidents are about."""
    facts = dag_run if isinstance(dag_run, dict) else {
        name: getattr(dag_run, name, None) for name in ("partition_key", "conf")
    }  # fmt: skip
    month = facts.get("partition_key") or (facts.get("conf") or {}).get("period")
    return f"{dag_id} {month}" if month else dag_id


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(TIMEZONE)):%Y-%m-%d %H:%M}"


def _report(cause: str, title: str, text: str, chapter: str) -> None:
    from warehouse import notifications
    from warehouse.settings import Settings

    notifications.report_incident(Settings(), cause, title, text, _RUNBOOK + chapter)


def _close(cause: str) -> None:
    from warehouse import notifications
    from warehouse.settings import Settings

    notifications.close_incident(Settings(), cause)
