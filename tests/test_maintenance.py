"""The night's work: one proved backup a day, and what is old removed."""

from __future__ import annotations

import gzip
import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from warehouse import home, maintenance
from warehouse.settings import PROJECT, Settings

TODAY = date(2025, 4, 6)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a home that is still to be initialised, with a folder for backups."""
    made = Settings(
        home=tmp_path / "home", plan=PROJECT / "tests" / "plans" / "minimal", backups=tmp_path / "tapes"
    )
    made.backup_folder.mkdir()
    return made


def lying_there(path: Path, day: date = TODAY) -> Path:
    """Make a file that was last written on that day."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    moment = datetime.combine(day, datetime.min.time()).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_a_day_has_one_backup_however_often_it_is_asked_for(settings: Settings) -> None:
    home.initialise(settings)

    first, second = (maintenance.nightly_backup(settings, TODAY) for _ in range(2))

    assert first is not None
    assert second is None
    assert [path.name for path in settings.backup_folder.iterdir()] == ["minsheng-2025-04-06.tar"]


def test_backups_are_thinned_to_days_weeks_and_months(settings: Settings) -> None:
    days = [TODAY - timedelta(days=number) for number in range(800)]
    for day in days:
        lying_there(settings.backup_folder / f"minsheng-{day}.tar")

    maintenance.retain(settings, TODAY)

    kept = {path.stem.removeprefix("minsheng-") for path in settings.backup_folder.iterdir()}
    mondays = {str(date(2025, 3, 31) - timedelta(weeks=number)) for number in range(8)}
    firsts = {f"2024-{month:02}-01" for month in range(5, 13)} | {
        f"2025-{month:02}-01" for month in range(1, 5)
    }
    assert kept == {str(day) for day in days[:14]} | mondays | firsts


def test_nothing_else_in_the_folder_of_the_backups_is_touched(settings: Settings) -> None:
    others = [lying_there(settings.backup_folder / f"by-hand-{number}.tar") for number in range(20)]

    maintenance.retain(settings, TODAY)

    assert all(path.exists() for path in others)


def test_logs_are_removed_after_half_a_year(settings: Settings, tmp_path: Path) -> None:
    old = lying_there(tmp_path / "airflow" / "dag_id=x" / "attempt=1.log", TODAY - timedelta(days=181))
    fresh = lying_there(tmp_path / "airflow" / "dag_id=x" / "attempt=2.log", TODAY - timedelta(days=179))

    removed = maintenance.retain(settings, TODAY, tmp_path / "airflow")

    assert removed.logs == [str(old)]
    assert fresh.exists()


def test_the_log_of_a_service_is_set_aside_once_a_day_while_the_service_goes_on_writing_it(
    settings: Settings, tmp_path: Path
) -> None:
    log = lying_there(tmp_path / "airflow" / "services" / "scheduler.log")
    with log.open("a", encoding="utf-8") as service:
        print("of today", file=service, flush=True)

        maintenance.retain(settings, TODAY, tmp_path / "airflow")
        print("of tomorrow", file=service, flush=True)
        maintenance.retain(settings, TODAY, tmp_path / "airflow")

    aside = log.with_name("scheduler-2025-04-06.log.gz")
    assert gzip.decompress(aside.read_bytes()).decode().endswith("of today\n")
    assert log.read_text(encoding="utf-8") == "of tomorrow\n"


def test_logs_of_services_are_kept_for_two_weeks(settings: Settings, tmp_path: Path) -> None:
    services = tmp_path / "airflow" / "services"
    old = lying_there(services / "scheduler-2025-03-22.log.gz", TODAY - timedelta(days=15))
    fresh = lying_there(services / "scheduler-2025-03-24.log.gz", TODAY - timedelta(days=13))

    removed = maintenance.retain(settings, TODAY, tmp_path / "airflow")

    assert removed.logs == [str(old)]
    assert fresh.exists()


def test_the_homes_own_log_is_set_aside_once_a_day(settings: Settings) -> None:
    lying_there(settings.logs / "minsheng.jsonl").write_text("{}\n")

    maintenance.retain(settings, TODAY)

    assert [path.name for path in settings.logs.iterdir()] == ["minsheng-2025-04-06.jsonl"]


def test_the_folders_that_removed_logs_leave_empty_are_removed(settings: Settings, tmp_path: Path) -> None:
    logs = tmp_path / "airflow"
    for number in (1, 2):
        lying_there(logs / "dag_id=x" / f"run_id={number}" / "attempt=1.log", TODAY - timedelta(days=181))
    fresh = lying_there(logs / "dag_id=x" / "run_id=3" / "attempt=1.log")

    maintenance.retain(settings, TODAY, logs)

    assert sorted(logs.rglob("*")) == sorted([logs / "dag_id=x", fresh.parent, fresh])


def test_a_folder_that_is_about_to_be_written_to_stays(settings: Settings, tmp_path: Path) -> None:
    made = tmp_path / "airflow" / "dag_id=x" / "run_id=1"
    made.mkdir(parents=True)

    maintenance.retain(settings, date.today(), tmp_path / "airflow")  # noqa: DTZ011  # as the folder's own time

    assert made.exists()


def test_a_candidate_goes_two_months_after_its_month_was_published(settings: Settings) -> None:
    for period in ("2024-11", "2024-12", "2025-01"):
        lying_there(settings.candidate / period / "build.json")
        day = TODAY - timedelta(days=61 if period != "2025-01" else 59)
        moment = datetime.combine(day, datetime.min.time()).timestamp()
        os.utime(settings.candidate / period, (moment, moment))
    for period in ("2024-12", "2025-01"):
        (settings.editions / period / "r1").mkdir(parents=True)

    removed = maintenance.retain(settings, TODAY)

    assert removed.candidates == [str(settings.candidate / "2024-12")]
    assert {path.name for path in settings.candidate.glob("2*")} == {"2024-11", "2025-01"}


def test_a_dry_run_tells_the_same_and_removes_nothing(settings: Settings, tmp_path: Path) -> None:
    for number in range(20):
        lying_there(settings.backup_folder / f"minsheng-{TODAY - timedelta(days=number)}.tar")
    lying_there(tmp_path / "airflow" / "dag_id=x" / "attempt=1.log", TODAY - timedelta(days=181))
    lying_there(settings.logs / "minsheng.jsonl")
    before = sorted(tmp_path.rglob("*"))

    told = maintenance.retain(settings, TODAY, tmp_path / "airflow", dry_run=True)

    assert sorted(tmp_path.rglob("*")) == before
    assert told == maintenance.retain(settings, TODAY, tmp_path / "airflow")
    assert (len(told.logs), len(told.log_folders)) == (1, 1)


def test_what_was_cut_off_is_completed_by_the_next_run(settings: Settings, tmp_path: Path) -> None:
    left = tmp_path / "airflow" / "dag_id=x" / "run_id=1"
    left.mkdir(parents=True)
    moment = datetime.combine(TODAY - timedelta(days=200), datetime.min.time()).timestamp()
    for folder in (left, left.parent):
        os.utime(folder, (moment, moment))

    maintenance.retain(settings, TODAY, tmp_path / "airflow")

    assert list((tmp_path / "airflow").iterdir()) == []
