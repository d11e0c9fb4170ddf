"""Which run made a month, and which took in a submission, from Airflow's own records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from airflow.models.dagrun import DagRun
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from warehouse.districts import District

PUBLISHING = "publish_monthly"
_INTAKE = "ingest_submissions"
_LOOKED_AT = 500


@dataclass(frozen=True)
class ShownRun:
    """A run, as a link to it."""

    path: str
    """Its page, from Airflow's root."""
    state: str


def of_months(session: Session, district: District, periods: list[str]) -> dict[str, ShownRun]:
    """Return the newest run of each month that has one among the newest runs."""
    dag_id = district.named(PUBLISHING)
    query = (
        select(DagRun.run_id, DagRun.state, DagRun.partition_key, DagRun.conf)
        .where(DagRun.dag_id == dag_id)
        .order_by(DagRun.id.desc())
        .limit(_LOOKED_AT)
    )
    found: dict[str, ShownRun] = {}
    for run_id, state, partition_key, conf in session.execute(query):
        period = partition_key or (conf or {}).get("period")
        if period in periods:
            found.setdefault(period, _shown(dag_id, run_id, state))
    return found


def that_took_in(session: Session, district: District, received_at: datetime) -> ShownRun | None:
    """Return the run of intake during which a submission was received; None where a command line did it."""
    dag_id = district.named(_INTAKE)
    query = (
        select(DagRun.run_id, DagRun.state)
        .where(DagRun.dag_id == dag_id, DagRun.start_date <= received_at)
        .where(or_(DagRun.end_date.is_(None), DagRun.end_date >= received_at))
        .order_by(DagRun.id.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return _shown(dag_id, found.run_id, found.state) if found else None


def _shown(dag_id: str, run_id: str, state: object) -> ShownRun:
    path = f"dags/{dag_id}/runs/{quote(run_id, safe='')}"
    return ShownRun(path, str(getattr(state, "value", state)))
