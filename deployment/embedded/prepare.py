"""Make Airflow's metadata ready, before any service starts: `python -m deployment.embedded.prepare`.

Runs only while nothing else of this Airflow runs, so whatever the metadata calls running has died: its jobs
are marked as failed, and the scheduler takes their tasks up again as soon as it starts.
"""

from __future__ import annotations

from airflow.jobs.job import Job, JobState
from airflow.utils.db import upgradedb
from airflow.utils.session import create_session
from sqlalchemy import update

from deployment import districts


def main() -> None:
    """Create or upgrade the metadata, set the pools, and close what died without saying so."""
    upgradedb()
    districts.main()
    with create_session() as session:
        session.execute(update(Job).where(Job.state == JobState.RUNNING).values(state=JobState.FAILED))


if __name__ == "__main__":
    main()
