"""Make Airflow's metadata ready, before any service starts: `python -m deployment.embedded.prepare`.

Runs only while nothing else of this Airflow runs, so whatever the metadata calls running has died: its jobs
are marked as failed, and the scheduler takes their tasks up again as soon as it starts.
"""

from __future__ import annotations

import json

from airflow.jobs.job import Job, JobState
from airflow.models.pool import Pool
from airflow.utils.db import upgradedb
from airflow.utils.session import create_session
from sqlalchemy import update

from warehouse.settings import PROJECT

POOLS = PROJECT / "deployment" / "pools.json"


def main() -> None:
    """Create or upgrade the metadata, set the pools, and close what died without saying so."""
    upgradedb()
    with create_session() as session:
        for name, pool in json.loads(POOLS.read_text(encoding="utf-8")).items():
            Pool.create_or_update_pool(name, **pool, session=session)
        session.execute(update(Job).where(Job.state == JobState.RUNNING).values(state=JobState.FAILED))


if __name__ == "__main__":
    main()
