"""The decision of a person where the gate only warns: asked in the UI, waited for without holding a slot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import alerts
from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from wiring import month_of

APPROVE = "批准发布 · approve"
REJECT = "不予发布 · reject"
WAIT = timedelta(days=2)
_ROWS_SHOWN = 5

REASON = Param(
    None,
    type=["null", "string"],
    title="理由 · reason",
    description="为什么这样决定；写入版本清单，对外可查。Why; an edition's manifest prints it",
)


class DecisionOperator(HITLOperator):
    """Returns who approves a month and why; fails when nobody decides in time, skips when it is rejected.

    A month that passed the gate is not asked about. Who started the run cannot approve it.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            subject="{{ (ti.xcom_pull('check', key='gate') or {}).get('question', '') }}",
            body="{{ (ti.xcom_pull('check', key='gate') or {}).get('findings', '') }}",
            options=[APPROVE, REJECT],
            response_timeout=WAIT,
            **kwargs,
        )

    def execute(self, context: Any) -> Any:
        """Answer at once where there is nothing to ask, else ask and wait."""
        gate = context["ti"].xcom_pull("check", key="gate")
        if gate is None:
            raise AirflowFailException("This run has no result of the gate: clear `check`, which makes it")
        if gate["verdict"] == "passed":
            return {"approved_by": None, "note": context["params"]["note"]}
        asked = f"{self.subject}\n\n{self.body}\n\n请在 Airflow 的“待处理事项”中决定。"
        alerts.waits(self.dag_id, gate["period"], asked)
        return super().execute(context)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> dict[str, str | None]:
        """Turn the answer into an approval."""
        period = str(month_of(context["dag_run"], context["params"]))
        answer = super().execute_complete(context, event)
        name, reason = answer["responded_by_user"]["name"], answer["params_input"].get("reason")
        if answer["chosen_options"] == [REJECT]:
            alerts.waits(self.dag_id, period, f"{name} 决定不发布 {period}：{reason or '未说明理由'}")
            raise AirflowSkipException(f"{period} is not published: {name} rejected it ({reason})")
        if name == context["dag_run"].triggering_user_name:
            raise AirflowFailException(
                f"{name} started this run and cannot approve it: clear `decide` and ask another person"
            )
        if not (reason or "").strip():
            raise AirflowFailException("An approval needs a reason: clear `decide` and approve with one")
        alerts.settled(self.dag_id, period)
        return {"approved_by": name, "note": reason}

    def process_trigger_event_error(self, event: dict[str, Any]) -> None:
        """Say that nobody decided in time, and that nothing is published."""
        days = WAIT / timedelta(days=1)
        raise AirflowFailException(
            f"The month is not published: nobody decided within {days:.0f} days ({event['error']}); "
            "clear `decide` to ask again"
        )


def question(report: Any) -> dict[str, str]:
    """Return what a person has to know to decide on the gate's report: one line, and the rest in Markdown."""
    warnings = report.held_back_by
    lines = [
        f"质量检查对 **{report.period}** 有 {len(warnings)} 项未通过。",
        "批准者须说明理由；不批准则不发布，上一版保持不变。",
        "",
        "| 检查 | 说明 | 涉及行数 |",
        "| --- | --- | --- |",
        *(
            f"| `{one.suite}.{one.expectation}` | {one.description_zh} | {one.unexpected_count} |"
            for one in warnings
        ),
    ]
    for one in warnings:
        lines += ["", f"**{one.suite}.{one.expectation}** {one.message}".rstrip(), ""]
        lines += [f"- `{_cells(row)}`" for row in one.offending_rows[:_ROWS_SHOWN]]
        if (more := one.unexpected_count - _ROWS_SHOWN) > 0:
            lines.append(f"- 另有 {more} 行，见该月候选版的 quality.html")
    return {
        "question": f"{report.period} 有 {len(warnings)} 条警告，是否发布？",
        "findings": "\n".join(lines),
    }


def _cells(row: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in row.items()).replace("`", "'")
