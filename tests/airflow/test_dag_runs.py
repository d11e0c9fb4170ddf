"""What each DAG does with the warehouse: runs of all five in one process, without scheduler and executor."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from deployment.embedded.configuration import environment, folder
from tests.airflow.conftest import FIRST, MINIMAL, SILENT
from warehouse import editions, home, obligations, samples
from warehouse.settings import PROJECT, Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

# In the order in which they are run on one home.
ASKED: dict[str, dict[str, Any]] = {
    "files arrive": {"dag_id": "ingest_submissions"},
    "nothing arrives": {"dag_id": "ingest_submissions"},
    "no month": {"dag_id": "publish_monthly"},
    "a month": {"dag_id": "publish_monthly", "conf": {"period": str(FIRST)}},
    "the month again": {"dag_id": "publish_monthly", "conf": {"period": str(FIRST)}},
    "an approver as a parameter": {
        "dag_id": "publish_monthly",
        "conf": {"period": str(SILENT), "approve": "样例审批人", "note": "样例说明"},
    },
    "a foreign row": {
        "ledger": "update ledger.observations set organization_code = 'NOBODY' where row_number = 5"
    },
    "a blocked month": {"dag_id": "publish_monthly", "conf": {"period": str(SILENT + 1)}},
    "a day of reminders": {"dag_id": "remind_departments", "conf": {"day": "2023-04-06"}},
    "the day again": {"dag_id": "remind_departments", "conf": {"day": "2023-04-06"}},
    # 09:00 in Shanghai is still the day before in UTC for the first hours of a day; this is the 7th there.
    "the day it was due": {"dag_id": "remind_departments", "run_after": "2023-04-06T17:00:00+00:00"},
    "a night": {"dag_id": "maintain_warehouse"},
    "the night again": {"dag_id": "maintain_warehouse"},
    "an open month after the plan's end": {"dag_id": "refresh_progress"},
}


@dataclass(frozen=True)
class Runs:
    """What became of each run, and what it logged."""

    settings: Settings
    outcomes: dict[str, dict[str, Any]]
    logs: dict[str, str]

    def tasks(self, name: str) -> dict[str, str]:
        """Return the state of each task of a run."""
        states: dict[str, str] = self.outcomes[name]["tasks"]
        return states

    def result(self, name: str, task_id: str) -> Any:
        """Return what a task of a run returned."""
        return self.outcomes[name]["results"][task_id]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    settings = Settings(home=tmp_path_factory.mktemp("home"), plan=MINIMAL)
    home.initialise(settings)
    samples.write(settings, FIRST + 1)
    folder(settings).mkdir()
    variables = environment(settings, 8080) | {"MINSHENG_STABLE_SECONDS": "0"}
    answers = settings.home / "outcomes.json"
    _run(["deployment.embedded.prepare"], variables)
    log = _run(["tests.airflow.run_dags", str(answers)], variables, json.dumps(list(ASKED.values())))
    outcomes = json.loads(answers.read_text(encoding="utf-8"))
    logs = re.split(r"^== \d+$", log, flags=re.M)[1:]
    return Runs(settings, dict(zip(ASKED, outcomes, strict=True)), dict(zip(ASKED, logs, strict=True)))


def _run(words: list[str], variables: dict[str, str], given: str = "") -> str:
    """Run a module to its good end; return what it said."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=variables, cwd=PROJECT, check=False, input=given, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_lies_in_the_inboxes_is_taken_in(runs: Runs) -> None:
    assert runs.tasks("files arrive") == {"take_in": "success", "measure": "success"}
    assert runs.result("files arrive", "take_in")["files"] > 0


def test_an_intake_that_finds_nothing_is_skipped(runs: Runs) -> None:
    assert runs.tasks("nothing arrives")["take_in"] == "skipped"


def test_metrics_are_measured_whether_or_not_anything_arrives(runs: Runs) -> None:
    assert runs.tasks("nothing arrives")["measure"] == "success"
    measured = runs.result("files arrive", "measure")
    assert measured["warehouse.intake_rows.accepted"] > 0
    assert "minsheng_intake_rows" in (runs.settings.logs / "minsheng.prom").read_text(encoding="utf-8")


def test_a_run_without_a_month_fails_and_says_what_to_give(runs: Runs) -> None:
    assert runs.outcomes["no month"]["state"] == "failed"
    assert "names 0 months" in runs.logs["no month"]


def test_the_parameter_names_the_month_where_the_run_has_no_key(runs: Runs) -> None:
    assert set(runs.tasks("a month").values()) == {"success"}
    assert runs.result("a month", "publish")["edition"] == f"{FIRST}/r1"


def test_a_month_is_published_once_however_often_it_runs(runs: Runs) -> None:
    of_the_month = [one.name for one in editions.editions_of(runs.settings) if one.period == str(FIRST)]

    assert set(runs.tasks("the month again").values()) == {"success"}
    assert runs.result("the month again", "publish")["edition"] == f"{FIRST}/r1"
    assert of_the_month == [f"{FIRST}/r1"]


def test_a_run_that_names_its_own_approver_publishes_nothing(runs: Runs) -> None:
    assert runs.tasks("an approver as a parameter")["await_deadline"] == "failed"
    assert "given approve, which the DAG does not have" in runs.logs["an approver as a parameter"]
    assert str(SILENT) not in {one.period for one in editions.editions_of(runs.settings)}


def test_what_a_task_does_is_in_the_log_of_the_home_with_its_month(runs: Runs) -> None:
    # The night has set it aside.
    (log,) = runs.settings.logs.glob("minsheng-*.jsonl")
    lines = log.read_text(encoding="utf-8").splitlines()

    published = next(line for line in map(json.loads, lines) if line["event"] == "published")
    assert (published["period"], published["edition"]) == (str(FIRST), f"{FIRST}/r1")


def test_a_blocked_month_fails_at_the_gate_and_the_last_edition_stays(runs: Runs) -> None:
    assert runs.tasks("a blocked month") == {
        "await_deadline": "success",
        "build": "success",
        "check": "failed",
        "decide": "upstream_failed",
        "publish": "upstream_failed",
    }
    assert "observations.comes_from_its_own_department" in runs.logs["a blocked month"]
    assert editions.find(runs.settings, "current").name == f"{FIRST}/r1"


def test_the_log_of_the_gate_is_its_findings_in_sentences(runs: Runs) -> None:
    log = runs.logs["a blocked month"]

    assert re.search(
        r"observations\.comes_from_its_own_department \([\u4e00-\u9fff].*organization_code=NOBODY", log
    )
    assert "Result(" not in log
    assert "great_expectations" not in log


def test_a_run_reminds_for_its_day_and_a_second_run_of_that_day_sends_nothing(runs: Runs) -> None:
    first = runs.result("a day of reminders", "remind")
    second = runs.result("the day again", "remind")

    assert (first["day"], first["escalated_months"], first["sent_before"]) == (
        "2023-04-06", ["2023-03"], False,
    )  # fmt: skip
    assert second["sent_before"]
    assert (runs.settings.outbox / "LABOUR" / obligations.NOTICE).exists()


def test_the_day_of_a_run_is_the_one_on_which_it_was_due_to_start_in_the_districts_time(runs: Runs) -> None:
    assert runs.result("the day it was due", "remind")["day"] == "2023-04-07"


def test_a_night_backs_up_verifies_and_tidies_and_makes_one_backup_a_day(runs: Runs) -> None:
    assert runs.tasks("a night") == {"back_up": "success", "verify": "success", "retain": "success"}
    assert runs.tasks("the night again") == {"back_up": "skipped", "verify": "success", "retain": "success"}
    verified = runs.result("a night", "verify")
    assert min(verified[name] for name in ("batches", "submissions", "archived_files", "editions")) > 0


def test_nothing_is_rebuilt_where_no_month_is_open(runs: Runs) -> None:
    assert runs.tasks("an open month after the plan's end") == {"rebuild": "skipped"}
