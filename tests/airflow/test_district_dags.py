"""The DAGs of several districts as Airflow reads them: five each, with nothing in common, and cheap."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.districts.lists import entry, write
from warehouse.settings import PROJECT

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

NAMES = [
    "ingest_submissions",
    "maintain_warehouse",
    "publish_monthly",
    "refresh_progress",
    "remind_departments",
]
FIRST, SECOND = "210504", "210505"


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What Airflow reads: of two districts beside a refused one, of a hundred, and for a task of one."""
    folder = tmp_path_factory.mktemp("districts")
    few = write(
        folder / "few.yml",
        entry(FIRST, queue="north"),
        entry(SECOND, role="第二区数据组"),
        entry("210506", colour="red"),
    )
    many = write(folder / "many.yml", *(entry(f"{number}") for number in range(210500, 210600)))
    city = write(folder / "city.yml", entry(FIRST), entry(SECOND), city="样例市")
    broken = folder / "broken.yml"
    broken.write_text("districts: [\n", encoding="utf-8")
    asked = {
        "few": few,
        "many": many,
        "city": city,
        "broken": broken,
        # Last, because Airflow leaves the process knowing the task's DAG.
        "a task": f"{many}:{SECOND}.publish_monthly",
    }
    variables = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")} | {
        "AIRFLOW_HOME": str(folder),
        "PYTHONPATH": str(PROJECT),
    }
    words = [sys.executable, "-m", "tests.airflow.parse_districts", folder / "answers.json", *asked.values()]
    subprocess.run(
        list(map(str, words)), env=variables, cwd=PROJECT, capture_output=True, check=True, timeout=120
    )
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    return dict(zip(asked, answers, strict=True))


def of(parsed: dict[str, dict[str, Any]], district: str, what: str) -> set[str]:
    """Return what the DAGs of a district have, together."""
    dags = parsed["few"]["dags"]
    return {one for name in NAMES for one in dags[f"{district}.{name}"][what]}


def test_each_district_has_the_five_dags_under_its_code(parsed: dict[str, dict[str, Any]]) -> None:
    assert set(parsed["few"]["dags"]) == {f"{code}.{name}" for code in (FIRST, SECOND) for name in NAMES}


def test_a_dag_says_whose_it_is(parsed: dict[str, dict[str, Any]]) -> None:
    dag = parsed["few"]["dags"][f"{FIRST}.publish_monthly"]

    assert dag["title"] == f"样例区{FIRST} · 发布月度版本 · publish monthly"
    assert {FIRST, f"样例区{FIRST}"} <= set(dag["tags"])


def test_districts_share_no_asset(parsed: dict[str, dict[str, Any]]) -> None:
    for what in ("assets", "addresses"):
        assert of(parsed, FIRST, what)
        assert of(parsed, FIRST, what) & of(parsed, SECOND, what) == set()


def test_a_preview_waits_for_the_ledger_of_its_own_district(parsed: dict[str, dict[str, Any]]) -> None:
    assert parsed["few"]["dags"][f"{FIRST}.refresh_progress"]["waits_for"] == [f"minsheng://{FIRST}/ledger"]


def test_districts_share_no_pool_of_one_slot(parsed: dict[str, dict[str, Any]]) -> None:
    assert of(parsed, FIRST, "pools") == {f"{FIRST}.warehouse", "default_pool"}


def test_a_dag_is_for_the_role_of_its_district_alone(parsed: dict[str, dict[str, Any]]) -> None:
    dags = parsed["few"]["dags"]

    may = {"DAGs": ["can_edit", "can_read"]}
    assert dags[f"{FIRST}.publish_monthly"]["roles"] == {f"district-{FIRST}": may}
    assert dags[f"{SECOND}.publish_monthly"]["roles"] == {"第二区数据组": may}


def test_tasks_go_to_the_queue_of_their_district(parsed: dict[str, dict[str, Any]]) -> None:
    assert (of(parsed, FIRST, "queues"), of(parsed, SECOND, "queues")) == ({"north"}, {"default"})


def test_a_refused_entry_is_shown_with_its_line_and_stops_no_other_district(
    parsed: dict[str, dict[str, Any]],
) -> None:
    ((file, error),) = parsed["few"]["errors"].items()

    assert file == "refused_districts.py"
    assert "few.yml:16: `colour` is no key of a district" in error


def test_a_list_that_is_no_yaml_is_shown_with_its_line(parsed: dict[str, dict[str, Any]]) -> None:
    assert parsed["broken"]["dags"] == {}
    assert all("broken.yml:2: it is no YAML" in error for error in parsed["broken"]["errors"].values())


def test_five_hundred_dags_are_read_within_five_processor_seconds(parsed: dict[str, dict[str, Any]]) -> None:
    assert len(parsed["many"]["dags"]) == 500
    assert parsed["many"]["seconds"] < 5


def test_for_a_task_only_its_own_dag_is_made(parsed: dict[str, dict[str, Any]]) -> None:
    assert list(parsed["a task"]["dags"]) == [f"{SECOND}.publish_monthly"]
    assert parsed["a task"]["seconds"] < 0.5


def test_a_list_that_names_a_city_has_its_dags_which_wait_for_each_districts_edition(
    parsed: dict[str, dict[str, Any]],
) -> None:
    dags = parsed["city"]["dags"]

    assert set(dags) - set(parsed["few"]["dags"]) == {"publish_city", "publish_city_at_deadline"}
    assert dags["publish_city"]["waits_for"] == [f"minsheng://{code}/edition" for code in (FIRST, SECOND)]
    assert dags["publish_city"]["roles"] == {}
