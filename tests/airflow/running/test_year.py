"""A bad year of docs/runbook.md in its order, in one Airflow; each step alone has a short test elsewhere.

The blocked month and the missed one are in tests/airflow/test_dag_runs.py and tests/obligations/, the late
and the approved one in the other files of this folder, all of them without their sequence.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deployment.embedded import Airflow, Api, Run
from deployment.embedded.configuration import password
from tests.airflow.conftest import FIRST, SILENT, drop_samples
from tests.airflow.running.conftest import asked, backfill, command, end_of, expire, log_of, states, until
from warehouse import editions, ledger, notifications
from warehouse.intake.records import record_older_submissions
from warehouse.periods import Period
from warehouse.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.long]

BLOCKED, APPROVED, LATE, MISSED = FIRST + 1, SILENT, FIRST + 3, FIRST + 4
OFF = list((FIRST + 5).through(FIRST + 7))
"""The months for which Airflow was off."""
AFTER_THE_PLAN = Period(2026, 10)


def about(settings: Settings, period: Period) -> list[str]:
    causes = [incident.cause for incident in notifications.open_incidents(settings)]
    return [cause for cause in causes if str(period) in cause]


def published(settings: Settings) -> list[str]:
    return [edition.name for edition in editions.editions_of(settings)]


def months_of(airflow: Airflow, periods: list[Period], run_type: str) -> list[Run]:
    keys = {str(period) for period in periods}
    return [
        run for run in airflow.api.runs("publish_monthly") if run.key in keys and run.run_type == run_type
    ]


def make(airflow: Airflow, period: Period, **conf: str) -> Run:
    return end_of(airflow, airflow.api.trigger("publish_monthly", str(period), conf))


def watch(airflow: Airflow, day: str) -> list[str]:
    """Let the morning of a day come; return the months that are missing by then."""
    run = end_of(airflow, airflow.api.trigger("remind_departments", conf={"day": day}))
    assert states(airflow, run)["watch"] in {"success", "skipped"}
    missing = states(airflow, run)["watch"] == "success"
    found: list[str] = airflow.api.result(run, "watch") if missing else []
    return found


def report_through(airflow: Airflow, settings: Settings, period: Period) -> None:
    """Let every department report all months until then, and the files be taken in."""
    drop_samples(settings, period)
    end_of(airflow, airflow.api.trigger("ingest_submissions"))
    assert [file for file in settings.inbox.rglob("*.*") if file.is_file()] == []


@contextmanager
def foreign_row(settings: Settings, kept: Path) -> Iterator[None]:
    """Put a row of another department into the ledger and its records; take ledger and records back after."""
    records = settings.archive / "records"
    with ledger.writing(settings) as connection:
        connection.execute("checkpoint")
        shutil.copy(settings.ledger_file, kept / "ledger")
        shutil.copytree(records, kept / "records")
        connection.execute(
            "update ledger.observations set organization_code = 'NOBODY' where row_number = 5;"
            "delete from ledger.batches"
        )
        record_older_submissions(settings, connection)
    yield
    with ledger.writing(settings) as connection:
        connection.execute("checkpoint")
        shutil.rmtree(records)
        shutil.copytree(kept / "records", records)
    shutil.copy(kept / "ledger", settings.ledger_file)


@pytest.fixture(scope="module", autouse=True)
def begun(airflow: Airflow, settings: Settings, taken_in: Run) -> None:
    """The home was made in the first month; that month is published."""
    with ledger.writing(settings) as connection:
        connection.execute("update plan.versions set loaded_at = timestamp '2023-12-20 09:00:00'")
    assert make(airflow, FIRST).state == "success"


def test_a_blocked_month_is_corrected_and_run_again(
    airflow: Airflow, settings: Settings, tmp_path: Path
) -> None:
    with foreign_row(settings, tmp_path):
        blocked = make(airflow, BLOCKED)
        seen = (states(airflow, blocked)["check"], about(settings, BLOCKED), published(settings))
    again = make(airflow, BLOCKED)

    assert seen == ("failed", [f"publish_monthly {BLOCKED}"], [f"{FIRST}/r1"])
    assert "observations.comes_from_its_own_department" in log_of(airflow, blocked, "check")
    assert again.state == "success"
    until(airflow, lambda: about(settings, BLOCKED) == [])


def test_a_month_of_which_the_gate_warns_waits_and_another_person_approves_it(
    airflow: Airflow, settings: Settings
) -> None:
    run = asked(airflow, airflow.api.trigger("publish_monthly", str(APPROVED)))
    waiting = about(settings, APPROVED)
    reviewer = Api(airflow.url, "reviewer", password(settings, "reviewer"))

    reviewer.answer(run, "decide", "批准发布 · approve", "样例：已电话核实")

    assert end_of(airflow, run).state == "success"
    assert waiting == [f"decision {APPROVED}"]
    until(airflow, lambda: about(settings, APPROVED) == [])
    assert editions.find(settings, "current").name == f"{APPROVED}/r1"


def test_a_month_is_published_again_with_the_figures_that_came_late_and_then_is_left_alone(
    airflow: Airflow, settings: Settings
) -> None:
    report_through(airflow, settings, OFF[-1])

    for _ in range(2):
        assert make(airflow, APPROVED, note="样例：补报").state == "success"

    of_the_month = [edition for edition in editions.editions_of(settings) if edition.period == str(APPROVED)]
    assert [edition.name for edition in of_the_month] == [f"{APPROVED}/r1", f"{APPROVED}/r2"]
    assert of_the_month[-1].manifest()["reason"] == "样例：补报"


def test_a_run_that_is_late_is_one_incident_until_it_ends_well(airflow: Airflow, settings: Settings) -> None:
    run = airflow.api.trigger("publish_monthly", str(LATE))
    expire(settings, "deadline", "deadline_time")
    until(airflow, lambda: about(settings, LATE) == [f"publish_monthly {LATE}"])

    assert end_of(airflow, run).state == "success"
    until(airflow, lambda: about(settings, LATE) == [])


def test_a_month_that_was_missed_is_an_incident_until_it_is_made_up_for(
    airflow: Airflow, settings: Settings
) -> None:
    missing = watch(airflow, str((MISSED + 1).day(10)))
    seen = about(settings, MISSED)

    assert make(airflow, MISSED).state == "success"
    assert (missing, seen) == ([str(MISSED)], [f"unpublished {MISSED}"])
    assert watch(airflow, str((MISSED + 1).day(11))) == []
    assert about(settings, MISSED) == []


def test_after_three_months_without_airflow_each_is_told_and_a_backfill_makes_them_in_order(
    airflow: Airflow, settings: Settings
) -> None:
    missing = watch(airflow, str((OFF[-1] + 1).day(10)))
    seen = [about(settings, period) for period in OFF]
    # All three begin at once; each waits for the earlier months.
    words = backfill(OFF[0], OFF[-1])
    words[words.index("--max-active-runs") + 1] = str(len(OFF))
    command(settings, *words)
    until(airflow, lambda: len(months_of(airflow, OFF, "backfill")) == len(OFF))

    begun = months_of(airflow, OFF, "backfill")
    ended = [end_of(airflow, run) for run in sorted(begun, key=lambda run: run.key or "")]

    assert missing == [str(period) for period in OFF]
    assert seen == [[f"unpublished {period}"] for period in OFF]
    assert {run.state for run in ended} == {"success"}
    made = [editions.find(settings, str(period)).manifest() for period in OFF]
    assert [manifest["previous"]["edition"] for manifest in made[1:]] == [
        f"{period}/r1" for period in OFF[:-1]
    ]
    assert watch(airflow, str((OFF[-1] + 1).day(11))) == []
    assert [about(settings, period) for period in OFF] == [[], [], []]


def test_after_the_plans_end_nothing_is_built_asked_or_published(
    airflow: Airflow, settings: Settings
) -> None:
    before = published(settings)

    refused = make(airflow, AFTER_THE_PLAN)
    preview = end_of(airflow, airflow.api.trigger("refresh_progress"))

    assert states(airflow, refused)["await_deadline"] == "failed"
    assert "the plan in force, from" in log_of(airflow, refused, "await_deadline")
    assert states(airflow, preview)["rebuild"] == "skipped"
    assert about(settings, AFTER_THE_PLAN) == []
    assert published(settings) == before
