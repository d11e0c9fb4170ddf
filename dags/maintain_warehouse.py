"""Keeps the installation well, every night at 02:00, Asia/Shanghai.

| task | does | red means |
| --- | --- | --- |
| `back_up` | writes the home into one file and restores it once beside | today has **no backup** |
| `verify` | compares ledger, archive and editions, each row and file | one of them was **altered** or lost |
| `retain` | removes old backups, logs and candidates, nothing else | the disk does not let go |

The three do not wait for each other's success. A second run on one day makes no second backup.

A red run: see [Maintenance failed](minsheng/handbook/runbook.md#maintenance-failed).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import alerts
from airflow.sdk import dag, task
from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowSkipException
from wiring import DEFAULTS, regularly, shown


@dag(
    schedule=regularly("0 2 * * *"),
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    deadline=alerts.due_within(timedelta(hours=3)),
    on_failure_callback=alerts.run_failed,
    on_success_callback=alerts.succeeded,
    default_args=DEFAULTS | {"execution_timeout": timedelta(hours=2)},
    dag_display_name="夜间维护 · maintain warehouse",
    description="Backs up and proves it, verifies the editions, removes old logs",
    tags=["minsheng", "maintenance"],
    doc_md=__doc__,
)
def maintain_warehouse() -> None:
    """Back up, verify, and remove what is old."""

    @task(task_display_name="备份并试恢复 · back up", multiple_outputs=False)
    def back_up() -> dict[str, Any]:
        from warehouse import maintenance
        from warehouse.clock import now
        from warehouse.settings import Settings

        made = maintenance.nightly_backup(Settings(), now().date())
        if made is None:
            raise AirflowSkipException("Today has its backup")
        return shown(made)

    @task(task_display_name="核对台账、原件与版本 · verify", multiple_outputs=False)
    def verify() -> dict[str, Any]:
        from warehouse import verification
        from warehouse.settings import Settings

        return shown(verification.verify(Settings()))

    @task(task_display_name="清理旧日志 · retain", multiple_outputs=False)
    def retain() -> dict[str, Any]:
        from warehouse import maintenance
        from warehouse.clock import now
        from warehouse.settings import Settings

        logs = Path(conf.get("logging", "base_log_folder"))
        return shown(maintenance.retain(Settings(), now().date(), logs))

    back_up()
    verify()
    retain()


maintain_warehouse()
