"""Keeps the installation well, every night at 02:00, Asia/Shanghai.

| task | does | red means |
| --- | --- | --- |
| `back_up` | writes the home into one file and restores it once beside | today has **no backup** |
| `verify` | compares ledger, archive and editions, each row and file | one of them was **altered** or lost |
| `retain` | removes old backups, logs and candidates, nothing else | the disk does not let go |

Airflow's own logs are of all districts: the first one of the list removes the old ones.

The three do not wait for each other's success. A second run on one day makes no second backup.

A red run: see [Maintenance failed](minsheng/handbook/runbook.md#maintenance-failed).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import alerts
from airflow.sdk import DAG, task
from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowSkipException
from wiring import dag_of, for_each_district, regularly, shown

from warehouse.districts import District, is_first


def maintain_warehouse(district: District) -> DAG:
    """Return the DAG that backs a district's home up, verifies it, and removes what is old."""

    @task(task_display_name="备份并试恢复 · back up", multiple_outputs=False)
    def back_up() -> dict[str, Any]:
        from warehouse import maintenance
        from warehouse.clock import now

        made = maintenance.nightly_backup(district.settings(), now().date())
        if made is None:
            raise AirflowSkipException("Today has its backup")
        return shown(made)

    @task(task_display_name="核对台账、原件与版本 · verify", multiple_outputs=False)
    def verify() -> dict[str, Any]:
        from warehouse import verification

        return shown(verification.verify(district.settings()))

    @task(task_display_name="清理旧日志 · retain", multiple_outputs=False)
    def retain() -> dict[str, Any]:
        from warehouse import maintenance
        from warehouse.clock import now

        logs = Path(conf.get("logging", "base_log_folder")) if is_first(district) else None
        return shown(maintenance.retain(district.settings(), now().date(), logs))

    with dag_of(
        district,
        "maintain_warehouse",
        "夜间维护 · maintain warehouse",
        tags=["maintenance"],
        of_tasks={"execution_timeout": timedelta(hours=2)},
        schedule=regularly("0 2 * * *"),
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=6),
        deadline=alerts.due_within(timedelta(hours=3)),
        description="Backs up and proves it, verifies the editions, removes old logs",
        doc_md=__doc__,
    ) as dag:
        back_up()
        verify()
        retain()
    return dag


for_each_district(maintain_warehouse)
