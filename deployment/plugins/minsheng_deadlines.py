"""Makes our deadline reference known to the scheduler and the API server, which create the runs."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from deployment.deadlines import SinceQueued


class MinshengDeadlines(AirflowPlugin):
    """The deadline reference of the DAGs."""

    name = "minsheng_deadlines"
    deadline_references = [SinceQueued]  # noqa: RUF012
