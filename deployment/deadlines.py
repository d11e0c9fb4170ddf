"""By when a run must have ended: a deadline reference of our own, known to Airflow by a plugin.

Airflow's own reference to the moment of queueing makes clearing a run, or marking one of its tasks, fail
until its deadline has passed (https://github.com/apache/airflow/issues/70368). This one is not moved when a
run is cleared: its deadline stays what it was.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from airflow.sdk.definitions.deadline import BaseDeadlineReference

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class SinceQueued(BaseDeadlineReference):
    """The moment at which a run was queued; None for a run of a backfill, which waits for those before it."""

    required_kwargs: ClassVar[set[str]] = {"dag_id", "run_id"}

    def _evaluate_with(self, *, session: Session, dag_id: str, run_id: str) -> datetime | None:
        from airflow.models.dagrun import DagRun
        from airflow.utils.types import DagRunType
        from sqlalchemy import select

        query = select(DagRun.queued_at).where(
            DagRun.dag_id == dag_id, DagRun.run_id == run_id, DagRun.run_type != DagRunType.BACKFILL_JOB
        )
        return session.scalar(query)
