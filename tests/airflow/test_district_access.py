"""A person with the role of one district, at Airflow's API and at the board: nothing of another is there."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.districts.lists import entry, write
from warehouse.districts import read
from warehouse.districts.homes import initialise
from warehouse.settings import PROJECT

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

OWN, OTHER = "210504", "210505"
MONTH = {"logical_date": None, "conf": {"period": "2023-12"}}
EVENT = {"asset_id": 1}
_RUN = "/api/v2/dags/{}.publish_monthly"

# The other district starts a run of its own first; then each of these is asked by an account of OWN.
LISTS = [
    "/api/v2/dags?limit=200",
    "/ui/dags?limit=200",
    "/api/v2/dags/~/dagRuns",
    "/api/v2/dags/~/dagRuns/~/taskInstances",
]
OWN_PAGES = [
    f"{_RUN.format(OWN)}",
    f"/minsheng/districts/{OWN}/",
    "/minsheng/",
    "/minsheng/handbook/runbook.md",
]
REFUSED: list[tuple[str, str, Any]] = [
    ("GET", _RUN.format(OTHER), None),
    ("GET", f"{_RUN.format(OTHER)}/details", None),
    ("GET", f"{_RUN.format(OTHER)}/tasks", None),
    ("GET", f"{_RUN.format(OTHER)}/dagRuns", None),
    ("GET", f"{_RUN.format(OTHER)}/dagRuns/~/taskInstances", None),
    ("GET", f"{_RUN.format(OTHER)}/dagRuns/its/taskInstances/build/logs/1", None),
    ("GET", f"{_RUN.format(OTHER)}/dagRuns/its/taskInstances/check/xcomEntries/gate", None),
    ("GET", f"/ui/grid/runs/{OTHER}.publish_monthly", None),
    ("POST", f"{_RUN.format(OTHER)}/dagRuns", MONTH),
    ("PATCH", _RUN.format(OTHER), {"is_paused": True}),
    ("PATCH", f"{_RUN.format(OTHER)}/dagRuns/its", {"state": "failed"}),
    ("POST", f"{_RUN.format(OTHER)}/clearTaskInstances", {"dry_run": False}),
    ("POST", "/api/v2/backfills", {"dag_id": f"{OTHER}.publish_monthly", "from_date": "2023-12-01T00:00:00Z",
                                   "to_date": "2023-12-31T00:00:00Z"}),
    ("PATCH", f"{_RUN.format(OTHER)}/dagRuns/its/taskInstances/decide/hitlDetails",
     {"chosen_options": ["x"], "params_input": {}}),
    ("GET", "/api/v2/assets", None),
    ("GET", "/api/v2/assets/events", None),
    ("POST", "/api/v2/assets/events", EVENT),
    ("POST", "/api/v2/assets/1/materialize", None),
    ("GET", "/api/v2/importErrors", None),
    ("GET", "/api/v2/pools", None),
    ("GET", "/api/v2/connections", None),
    ("GET", "/api/v2/variables", None),
    ("GET", "/api/v2/config", None),
    ("GET", "/api/v2/eventLogs", None),
    ("GET", f"/minsheng/districts/{OTHER}/", None),
    ("GET", f"/minsheng/districts/{OTHER}/receipts/any", None),
    ("GET", f"/minsheng/districts/{OTHER}/editions/2023-12/r1/report.html", None),
    ("GET", "/minsheng/districts/nobody/", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[int, Any]]:
    """What the account of OWN is answered, by method and path."""
    folder = tmp_path_factory.mktemp("access")
    listing = write(folder / "list.yml", entry(OWN), entry(OTHER))
    initialise(read(listing))
    start = ["POST", f"{_RUN.format(OTHER)}/dagRuns", MONTH | {"dag_run_id": "its"}]
    own_start = ["POST", f"{_RUN.format(OWN)}/dagRuns", MONTH | {"dag_run_id": "own"}]
    asked = [own_start, *(["GET", path, None] for path in (*LISTS, *OWN_PAGES)), *map(list, REFUSED)]
    words = [sys.executable, "-m", "tests.airflow.district_access", str(folder / "answers.json")]
    done = subprocess.run(
        words, env=_environment(folder, listing), cwd=PROJECT, check=False, capture_output=True, text=True,
        input=json.dumps([[OTHER, *start], *([OWN, *one] for one in asked)]), timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    first, *rest = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    assert first[0] == 200
    return {(method, path): tuple(answer) for (method, path, _), answer in zip(asked, rest, strict=True)}


def _environment(folder: Path, listing: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    return kept | {
        "PYTHONPATH": str(PROJECT),
        "MINSHENG_DISTRICTS": str(listing),
        "MINSHENG_HOME": str(folder / "installation"),
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "false",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "deployment" / "plugins"),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(64),
        "AIRFLOW__API__SECRET_KEY": secrets.token_urlsafe(32),
    }


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_what_is_of_ones_own_district_and_nothing_else(
    answers: dict[tuple[str, str], tuple[int, Any]], path: str
) -> None:
    status, found = answers["GET", path]

    text = json.dumps(found)
    assert status == 200
    assert f"{OWN}.publish_monthly" in text
    assert OTHER not in text


@pytest.mark.parametrize("path", OWN_PAGES)
def test_what_is_of_ones_own_district_is_there(
    answers: dict[tuple[str, str], tuple[int, Any]], path: str
) -> None:
    assert answers["GET", path][0] == 200


def test_the_front_of_the_board_has_a_row_for_ones_own_district_alone(
    answers: dict[tuple[str, str], tuple[int, Any]],
) -> None:
    page = answers["GET", "/minsheng/"][1]

    assert f"样例区{OWN}" in page
    assert OTHER not in page


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _ in REFUSED])
def test_nothing_of_another_district_is_shown_or_started(
    answers: dict[tuple[str, str], tuple[int, Any]], method: str, path: str
) -> None:
    assert answers[method, path][0] == 403, answers[method, path]
