"""Which run of `publish_monthly` made a month, from Airflow's own records."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from airflow.models.dagrun import DagRun
from sqlalchemy import select
from sqlalchemy.orm import Session

DAG_ID = "publish_monthly"
_LOOKED_AT = 500


@dataclass(frozen=True)
class MonthRun:
    """The newest run of a month."""

    path: str
    """Its page, from Airflow's root."""
    state: str


def of_months(session: Session, periods: list[str]) -> dict[str, MonthRun]:
    """Return the newest run of each month that has one among the newest runs."""
    query = (
        select(DagRun.run_id, DagRun.state, DagRun.partition_key, DagRun.conf)
        .where(DagRun.dag_id == DAG_ID)
        .order_by(DagRun.id.desc())
        .limit(_LOOKED_AT)
    )
    found: dict[str, MonthRun] = {}
    for run_id, state, partition_key, conf in session.execute(query):
        period = partition_key or (conf or {}).get("period")
        if period in periods:
            path = f"dags/{DAG_ID}/runs/{quote(run_id, safe='')}"
            found.setdefault(period, MonthRun(path, str(getattr(state, "value", state))))
    return found
