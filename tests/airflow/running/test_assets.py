"""The DAGs in a real Airflow: from inboxes to an edition, once; and what becomes of a blocked month."""

from __future__ import annotations

import pytest

from deployment.embedded import Airflow, Run
from tests.airflow.conftest import FIRST, SILENT, ended, log_of, states
from warehouse import editions, ledger
from warehouse.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def _files_taken_in_by(airflow: Airflow, run: Run) -> int:
    return 0 if "skipped" in states(airflow, run).values() else airflow.api.result(run, "take_in")["files"]


def test_the_inboxes_are_taken_in_and_a_second_run_skips(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    again = ended(airflow, "ingest_submissions")

    with ledger.reading(settings) as connection:
        counted = connection.execute("select count(*) from ledger.submissions").fetchone()
    # The schedule may have taken in some or all of them before the run that we started.
    ended_runs = [run for run in airflow.api.runs(again.dag_id) if run.has_ended]
    assert sum(_files_taken_in_by(airflow, run) for run in ended_runs) == (counted or [0])[0] > 0
    assert states(airflow, again) == {"take_in": "skipped"}


def test_a_month_is_published_once_however_often_it_runs(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    first, second = (ended(airflow, "publish_monthly", str(FIRST)) for _ in range(2))

    assert [first.state, second.state] == ["success", "success"]
    assert [one.name for one in editions.editions_of(settings) if one.period == str(FIRST)] == [f"{FIRST}/r1"]
    assert airflow.api.result(second, "publish")["edition"] == f"{FIRST}/r1"


def test_every_model_and_suite_shows_when_how_long_and_on_how_many_rows(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    ended(airflow, "publish_monthly", str(FIRST))

    models = {f"model {path.stem}" for path in settings.dbt_project.glob("models/**/*.sql")}
    suites = {f"suite {path.stem}" for path in settings.expectations.glob("*.yml")}
    no_month_before = {"suite canary", "suite month_to_month"}
    assert models <= airflow.api.assets("model ").keys()
    assert suites - no_month_before <= airflow.api.assets("suite ").keys()
    for asset in ("model indicator_progress", "suite indicator_progress"):
        newest = airflow.api.events(asset)[0]
        assert newest["partition_key"] == newest["extra"]["period"] == str(FIRST)
        assert newest["extra"]["rows"] > 0
        assert newest["extra"]["seconds"] > 0


def test_the_parameter_names_the_month_where_the_run_has_no_key(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    run = ended(airflow, "publish_monthly", conf={"period": str(FIRST + 1)})

    assert run.state == "success"
    assert editions.find(settings, str(FIRST + 1)).revision == 1


def test_a_run_without_a_month_fails_and_says_what_to_give(airflow: Airflow, taken_in: Run) -> None:
    run = ended(airflow, "publish_monthly")

    assert run.state == "failed"
    assert "names 0 months" in log_of(airflow, run, "await_deadline")


def test_a_blocked_month_fails_at_the_gate_and_the_last_edition_stays(
    airflow: Airflow, settings: Settings, taken_in: Run
) -> None:
    before = editions.find(settings, "current")
    with ledger.writing(settings) as connection:
        connection.execute("update ledger.observations set organization_code = 'NOBODY' where row_number = 5")

    run = ended(airflow, "publish_monthly", str(SILENT + 1))

    assert states(airflow, run) == {
        "await_deadline": "success",
        "build": "success",
        "check": "failed",
        "decide": "upstream_failed",
        "publish": "upstream_failed",
    }
    assert "observations.comes_from_its_own_department" in log_of(airflow, run, "check")
    assert editions.find(settings, "current") == before
