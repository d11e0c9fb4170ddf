"""The night's work: one proved backup a day, and old backups and logs removed."""

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


def test_two_weeks_of_backups_are_kept_and_the_first_of_each_month(settings: Settings) -> None:
    days = [TODAY - timedelta(days=number) for number in range(60)]
    for day in days:
        lying_there(settings.backup_folder / f"minsheng-{day}.tar")

    maintenance.retain(settings, TODAY)

    kept = sorted(path.stem.removeprefix("minsheng-") for path in settings.backup_folder.iterdir())
    assert kept == ["2025-02-06", "2025-03-01", *(str(day) for day in reversed(days[:14]))]


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
