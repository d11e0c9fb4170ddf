"""Who is told when a run fails, is late, or waits: one incident for each cause, opened, updated and closed.

A failed task tells its own error, in its own process. What no task can tell (a run that took too long, a task
that was killed) the run tells. What becomes of an incident is the business of `warehouse.notifications`. What
did not happen at all no run can tell; `remind_departments` finds it. An incident belongs to the
district whose DAG it is about.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from airflow.sdk import DeadlineAlert, SyncCallback  # type: ignore[attr-defined]  # its stub lacks them
from airflow.sdk.configuration import conf

from deployment.deadlines import SinceQueued
from warehouse.districts import owner_of

TIMEZONE = "Asia/Shanghai"
_CHAPTERS = {
    "ingest_submissions": "intake-failed",
    "refresh_progress": "a-build-failed",
    "publish_monthly": "a-month-is-not-published",
    "publish_city": "a-month-of-the-city-is-not-published",
    "publish_city_at_deadline": "a-month-of-the-city-is-not-published",
    "remind_departments": "reminders-failed",
    "maintain_warehouse": "maintenance-failed",
}
_WAITING = "a-month-waits-for-an-approval"
_NO_ADDRESS = "http://localhost:8080"
"""Airflow's own address where none is set."""
_LEDGER_HELD = "ledger held"
"""The cause of the one incident of all DAGs and months that wait for the same ledger."""
_TOLD = "told"
"""The XCom of a failed task that has told its error, or for which there is nothing to tell."""


def task_failed(context: Any) -> None:
    """Open or update the incident of a task that failed for good, with the error's own sentence.

    A run that asks for what cannot be (no month, a month that is not over) is answered in its log: it opens
    nothing, since no good run could ever close it.
    """
    from warehouse.errors import LedgerBusyError, MonthRefusedError, UsageError

    task, error = context["ti"], context.get("exception")
    if isinstance(error, LedgerBusyError):
        _report_held(context)
    elif not isinstance(error, UsageError | MonthRefusedError):
        run = context["dag_run"]
        name = _name(run, task.dag_id)
        text = f"任务 {task.task_id} 失败：{error}\n运行：{_page_of(task.dag_id, task.run_id)}"
        cause, title, chapter = name, f"{name} 运行失败", _chapter(task.dag_id)
        if task.task_id == "decide":
            cause, title, chapter = _decision(_month_of(run)), f"{name} 未发布", _WAITING
        _report(task.dag_id, cause, title, text, chapter)
    task.xcom_push(_TOLD, value=True)


def task_retried(context: Any) -> None:
    """Open or update the incident of a ledger that another program holds; every DAG waits for that one."""
    from warehouse.errors import LedgerBusyError

    if isinstance(context.get("exception"), LedgerBusyError):
        _report_held(context)


def run_failed(context: Any) -> None:
    """Open or update the incident of a run that failed where none of its tasks has told why."""
    dag_id, task, reason = context["dag"].dag_id, context.get("ti"), context.get("reason") or "failed"
    if reason == "task_failure" and task is not None and task.xcom_pull(task.task_id, key=_TOLD):
        return
    name = _name(context.get("dag_run"), dag_id)
    last = task.task_id if task is not None else "—"
    text = f"运行失败（{reason}），最后的任务是 {last}。\n运行：{_page_of(dag_id, context['run_id'])}"
    _report(dag_id, name, f"{name} 运行失败", text, _chapter(dag_id))


def succeeded(context: Any) -> None:
    """Close what was open about that DAG and month, and that the ledger was held: every DAG opens it."""
    dag_id = context["dag"].dag_id
    _close(dag_id, _name(context.get("dag_run"), dag_id))
    _close(dag_id, _LEDGER_HELD)


def late(context: dict[str, Any]) -> None:
    """Say that a run has not ended by its deadline; Airflow's executor calls it, with the run as JSON.

    Nothing is said of a run that has ended (its end was told), that waits for the month's deadline, for a
    person (who was asked), or for a ledger of which an incident says that it is held.
    """
    from warehouse import notifications

    run = context["dag_run"]
    name = _name(run, run["dag_id"])
    told = {incident.cause for incident in notifications.open_incidents(settings_of(run["dag_id"]))}
    waits_for = {_decision(_month_of(run)), _LEDGER_HELD}
    if run["state"] in {"success", "failed"} or waits_for & told or _awaits_deadline(run):
        return
    _report(
        run["dag_id"],
        name,
        f"{name} 逾时未完成",
        f"应于 {_shown(context['deadline']['deadline_time'])} 前结束，现为 {run['state']}。\n"
        f"运行：{_page_of(run['dag_id'], run['dag_run_id'])}",
        "a-run-is-late",
    )


def due_within(interval: Any) -> DeadlineAlert:
    """Return the deadline of a run: so long after it was queued, whatever it waits for."""
    return DeadlineAlert(SinceQueued(), interval, SyncCallback("alerts.late"))


def waits(dag_id: str, period: str, text: str) -> None:
    """Say that a month waits for a person's decision, or what was decided against it."""
    _report(dag_id, _decision(period), f"{period} 待审批", text, _WAITING)


def settled(dag_id: str, period: str) -> None:
    """Close what was open about a month's decision: it is approved or published."""
    _close(dag_id, _decision(period))


def settings_of(dag_id: str) -> Any:
    """Return the settings of a DAG's district, once what this process does is logged in its home too."""
    from warehouse.logs import log_to_home_too

    owner, _ = owner_of(dag_id)
    settings = owner.settings()
    log_to_home_too(settings)
    return settings


def _report_held(context: Any) -> None:
    task = context["ti"]
    waiting = f"{_name(context['dag_run'], task.dag_id)}（{task.task_id}）"
    text = f"{context['exception']}\n等待台账：{waiting}\n运行：{_page_of(task.dag_id, task.run_id)}"
    _report(task.dag_id, _LEDGER_HELD, "台账被其他程序占用", text, "the-ledger-is-held")


def _awaits_deadline(run: dict[str, Any]) -> bool:
    """Whether the calendar has moved the month's deadline, so that its run waits and is not late."""
    from warehouse import clock, obligations
    from warehouse.periods import Period

    if owner_of(run["dag_id"])[1] != "publish_monthly" or run.get("run_type") != "scheduled":
        return False
    calendar = obligations.calendar_of(settings_of(run["dag_id"]))
    first_day = calendar.publishable_from(Period.parse(run["partition_key"]))
    return first_day is not None and clock.now().date() <= first_day


def _decision(period: str | None) -> str:
    from warehouse.notifications import DECISION

    return f"{DECISION} {period}"


def _name(dag_run: Any, dag_id: str) -> str:
    """Return the DAG, and the month of the run where it has one: what incidents in its home are about."""
    month, (_, name) = _month_of(dag_run), owner_of(dag_id)
    return f"{name} {month}" if month else name


def _chapter(dag_id: str) -> str:
    return _CHAPTERS[owner_of(dag_id)[1]]


def _month_of(dag_run: Any) -> str | None:
    facts = dag_run if isinstance(dag_run, dict) else {
        name: getattr(dag_run, name, None) for name in ("partition_key", "conf")
    }  # fmt: skip
    return facts.get("partition_key") or (facts.get("conf") or {}).get("period")


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(TIMEZONE)):%Y-%m-%d %H:%M}"


def _page_of(dag_id: str, run_id: str) -> str:
    return f"{_root()}/dags/{dag_id}/runs/{quote(run_id, safe='')}"


def _root() -> str:
    return str(conf.get("api", "base_url", fallback=_NO_ADDRESS)).rstrip("/")


def _report(dag_id: str, cause: str, title: str, text: str, chapter: str) -> None:
    from warehouse import notifications

    page = f"{_root()}/minsheng/handbook/runbook.md#{chapter}"
    notifications.report_incident(settings_of(dag_id), cause, title, text, page)


def _close(dag_id: str, cause: str) -> None:
    from warehouse import notifications

    notifications.close_incident(settings_of(dag_id), cause)
