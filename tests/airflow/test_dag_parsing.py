"""The DAGs as Airflow reads them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deployment.plugins.board import handbook
from warehouse.settings import PROJECT

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("airflow")
    variables = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")} | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__UNIT_TEST_MODE": "false",
    }
    words = [sys.executable, str(Path(__file__).with_name("parse_dags.py")), str(PROJECT / "dags")]
    done = subprocess.run(words, env=variables, capture_output=True, text=True, check=True, timeout=120)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_every_dag_parses(parsed: dict[str, Any]) -> None:
    assert parsed["errors"] == {}
    assert set(parsed["dags"]) == {
        "ingest_submissions",
        "refresh_progress",
        "publish_monthly",
        "remind_departments",
        "maintain_warehouse",
    }


def test_parsing_takes_well_under_a_second_beyond_airflow(parsed: dict[str, Any]) -> None:
    assert parsed["seconds"] < 1


def test_parsing_opens_no_database_and_imports_no_heavy_library(parsed: dict[str, Any]) -> None:
    assert parsed["opened"] == []
    assert parsed["heavy"] == []


def test_a_dag_uses_nothing_that_airflow_warns_of(parsed: dict[str, Any]) -> None:
    # Airflow's own decorators of tasks use what Airflow warns of.
    ours = [said for said in parsed["warned"] if "/airflow/providers/" not in said]

    assert ours == []


def test_every_dag_says_in_chinese_and_english_what_it_does(parsed: dict[str, Any]) -> None:
    for dag in parsed["dags"].values():
        assert CHINESE.search(dag["display_name"])
        assert "minsheng" in dag["tags"]
        assert all(CHINESE.search(task["display_name"]) for task in dag["tasks"])


def test_every_dag_leads_to_its_chapters_of_the_runbook(parsed: dict[str, Any]) -> None:
    page = handbook.document("runbook.md")
    _, runbook = handbook.title_and_body(page)

    for dag in parsed["dags"].values():
        chapters = re.findall(r"\]\(minsheng/handbook/runbook\.md#([\w-]+)\)", dag["doc"])
        assert chapters
        assert all(f'id="{chapter}"' in runbook for chapter in chapters)


def test_every_dag_is_bounded(parsed: dict[str, Any]) -> None:
    for dag in parsed["dags"].values():
        assert dag["max_active_runs"] <= 8
        assert dag["timeout"]
        assert all(task["timeout"] for task in dag["tasks"])
        assert {task["owner"] for task in dag["tasks"]} == {"data-team"}


def test_a_task_is_tried_again_only_after_what_can_pass_by_itself(parsed: dict[str, Any]) -> None:
    tasks = [task for dag in parsed["dags"].values() for task in dag["tasks"]]

    assert {tuple(task["tried_again"]) for task in tasks} == {
        ("LedgerBusyError", "CatalogLostError", "OSError", "MemoryError")
    }


def test_every_pool_of_a_task_is_made_by_the_deployment(parsed: dict[str, Any]) -> None:
    pools = json.loads((PROJECT / "deployment" / "pools.json").read_text(encoding="utf-8"))

    used = {task["pool"] for dag in parsed["dags"].values() for task in dag["tasks"]}

    # Airflow's own pool, in which a run that names a wrong month waits for nobody.
    assert used == {*pools, "default_pool"}


def test_what_a_task_returns_is_kept_once(parsed: dict[str, Any]) -> None:
    tasks = [task for dag in parsed["dags"].values() for task in dag["tasks"]]

    assert [task["task_id"] for task in tasks if task["is_spread"]] == []


def test_the_schedule_publishes_the_month_before_on_the_sixth_in_shanghai(parsed: dict[str, Any]) -> None:
    assert parsed["scheduled"] == ["2025-04-06T00:00:00+00:00", "2025-03"]


def test_a_new_home_runs_no_dag_for_a_moment_before_its_own_start(parsed: dict[str, Any]) -> None:
    assert parsed["made_up_for"] == []


def test_a_backfill_of_a_year_has_one_run_for_each_of_its_months(parsed: dict[str, Any]) -> None:
    assert parsed["backfill"] == [f"2024-{month:02d}" for month in range(1, 13)]
