"""What a run shows in Airflow: files taken in once, and each model and suite as an asset with its figures."""

from __future__ import annotations

import pytest

from deployment.embedded import Airflow, Run
from tests.airflow.running.conftest import BACKFILLED, states
from warehouse import ledger
from warehouse.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def _files_taken_in_by(airflow: Airflow, run: Run) -> int:
    return 0 if "skipped" in states(airflow, run).values() else airflow.api.result(run, "take_in")["files"]


def test_every_file_is_taken_in_by_one_run(airflow: Airflow, settings: Settings, taken_in: Run) -> None:
    # The schedule may have taken in some or all of them before the run that we started.
    ended_runs = [run for run in airflow.api.runs(taken_in.dag_id) if run.has_ended]
    taken = sum(_files_taken_in_by(airflow, run) for run in ended_runs)

    with ledger.reading(settings) as connection:
        counted = connection.execute("select count(*) from ledger.submissions").fetchone()
    assert taken == (counted or [0])[0] > 0


def test_every_model_and_suite_shows_when_how_long_and_on_how_many_rows(
    airflow: Airflow, settings: Settings, backfilled: list[Run]
) -> None:
    models = {path.stem for path in settings.dbt_project.glob("models/**/*.sql")}
    # The canary proves the gate to itself; it is no suite of the month.
    suites = {path.stem for path in settings.expectations.glob("*.yml")} - {"canary"}

    for asset, names in (("models", models), ("suites", suites)):
        shown = next(one for one in airflow.api.events(asset) if one["partition_key"] == BACKFILLED[1])
        assert names <= shown["extra"].keys()
        assert shown["extra"]["indicator_progress"]["rows"] > 0
        assert shown["extra"]["indicator_progress"]["seconds"] > 0


def test_a_month_leaves_few_events_each_of_an_asset_in_the_products_group(
    airflow: Airflow, backfilled: list[Run]
) -> None:
    events = airflow.api.events_of(backfilled[0])

    assert sorted(event["name"] for event in events) == ["candidate", "edition", "models", "suites"]
    assert {event["group"] for event in events} == {"minsheng"}
