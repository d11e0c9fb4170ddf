"""Runs of several districts' DAGs in one process: each does its own, and a broken one stops no other."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deployment.embedded.configuration import environment, folder
from tests.city.small import publish
from tests.districts.lists import entry, write
from warehouse import home, intake, ledger, notifications, samples
from warehouse.districts import City, District, read
from warehouse.periods import Period
from warehouse.published import editions_of
from warehouse.settings import PROJECT, Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

MONTH = Period(2023, 12)
WHOLE, OTHER, BROKEN = "210504", "210505", "210506"

# In the order in which they are run.
ASKED: dict[str, dict[str, Any]] = {
    "intake of one": {"dag_id": f"{WHOLE}.ingest_submissions"},
    "intake of the broken one": {"dag_id": f"{BROKEN}.ingest_submissions"},
    "the city": {"dag_id": "publish_city_at_deadline", "conf": {"period": str(MONTH)}},
}


@dataclass(frozen=True)
class Runs:
    """What became of each run, and the districts and the city that they were of."""

    outcomes: dict[str, dict[str, Any]]
    districts: dict[str, District]
    city: Settings


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    place = tmp_path_factory.mktemp("districts")
    file = write(place / "list.yml", entry(WHOLE), entry(OTHER), entry(BROKEN), city="样例市")
    listing = read(file)
    districts = {one.code: one for one in listing.districts}
    for code in (WHOLE, OTHER):
        home.initialise(districts[code].settings())
        samples.write(districts[code].settings(), MONTH)
    # A file stands where the home of the broken district would be.
    districts[BROKEN].settings().home.write_text("no folder")
    publish(districts[OTHER].settings().home)
    installation = Settings(home=place / "installation")
    folder(installation).mkdir(parents=True)
    variables = environment(installation, 8080) | {
        "MINSHENG_DISTRICTS": str(file), "MINSHENG_STABLE_SECONDS": "0",
    }  # fmt: skip
    answers = place / "outcomes.json"
    _run(["deployment.embedded.prepare"], variables)
    _run(["tests.airflow.run_dags", str(answers)], variables, json.dumps(list(ASKED.values())))
    outcomes = json.loads(answers.read_text(encoding="utf-8"))
    return Runs(dict(zip(ASKED, outcomes, strict=True)), districts, City().settings(home=installation.home))


def _run(words: list[str], variables: dict[str, str], given: str = "") -> None:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=variables, cwd=PROJECT, check=False, input=given, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def waiting(district: District) -> list[Path]:
    return list(district.settings().inbox.glob("*/*"))


def test_a_run_takes_in_the_inboxes_of_its_own_district_and_leaves_the_others(runs: Runs) -> None:
    assert runs.outcomes["intake of one"]["tasks"] == {"take_in": "success", "measure": "success"}
    assert waiting(runs.districts[WHOLE]) == []
    assert waiting(runs.districts[OTHER])


def test_what_a_run_does_is_in_the_log_of_its_own_home(runs: Runs) -> None:
    logs = {code: (runs.districts[code].settings().logs / "minsheng.jsonl") for code in (WHOLE, OTHER)}

    assert "taken in" in logs[WHOLE].read_text(encoding="utf-8")
    assert not logs[OTHER].exists() or "taken in" not in logs[OTHER].read_text(encoding="utf-8")


def test_a_district_whose_home_is_broken_fails_alone(runs: Runs) -> None:
    assert runs.outcomes["intake of the broken one"]["state"] == "failed"
    assert runs.outcomes["the city"]["state"] == "success"


def test_the_city_publishes_at_its_deadline_and_says_who_is_missing(runs: Runs) -> None:
    made = runs.outcomes["the city"]["results"]["build_city"]
    (incident,) = notifications.open_incidents(runs.city)

    assert made["districts"] == {OTHER: "2023-12/r1"}
    assert set(made["absent"]) == {WHOLE, BROKEN}
    assert (incident.cause, [one.name for one in editions_of(runs.city)]) == ("city 2023-12", ["2023-12/r1"])


def test_a_held_ledger_stops_no_other_district(runs: Runs) -> None:
    held, free = runs.districts[WHOLE].settings(), runs.districts[OTHER].settings(stable_seconds=0)

    with ledger.writing(held):
        assert intake.take_in(free).submissions
