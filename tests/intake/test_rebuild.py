"""Promise 8: the ledger can be made again from the archive, and is the same."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.intake.conftest import Home, copied_home, table
from tests.intake.test_accounting import generate
from tests.prepared import Prepared
from warehouse import intake, ledger
from warehouse.errors import MinshengError
from warehouse.intake import rebuilding
from warehouse.settings import Settings

KINDS = ("csv", "csv", "xlsx", "xls", "ods")
TABLES = ("submissions", "observations", "refusals", "warnings")


@pytest.fixture(scope="module")
def home_with_one_file(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = copied_home(prepared, tmp_path_factory.mktemp("one_file") / "home")
    home.drop("a.csv", table("2024-01,JOBS,,210504002,1,,,,"))
    home.take_in()
    return home.settings.home


@pytest.fixture
def one_file(home_with_one_file: Path, tmp_path: Path) -> Home:
    """A home of its own that has taken in a.csv."""
    return Home(Settings(home=shutil.copytree(home_with_one_file, tmp_path / "home"), stable_seconds=0))


def kept_file(home: Home) -> Path:
    """Where the archive keeps the only file."""
    (path,) = (path for path in home.settings.archive.iterdir() if path.is_file())
    return path


def contents(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    with ledger.reading(settings) as connection:
        return {
            table: sorted(connection.execute(f"from ledger.{table}").fetchall(), key=repr) for table in TABLES
        }


def test_the_rebuilt_ledger_is_the_same(home: Home, tmp_path: Path) -> None:
    chance = random.Random(1)
    for run in range(3):
        for number in range(15):
            made = generate(chance, number, KINDS[number % len(KINDS)])
            home.drop(f"{run}-{made.name}", made.content)
        home.take_in()
    before = contents(home.settings)

    rebuilt = intake.rebuild(home.settings, tmp_path / "again")

    assert rebuilt.submissions == len(before["submissions"])
    assert contents(home.settings.model_copy(update={"home": tmp_path / "again"})) == before


def test_each_file_is_judged_by_the_plan_of_its_day(home: Home, tmp_path: Path) -> None:
    row = "2025-03,AIR,,,95,,,,"
    home.send_rows(row)
    with ledger.writing(home.settings) as connection:
        connection.execute("insert into plan.versions values ('v2', 2, timestamp '2025-01-01')")
        for table in ("settings", "organizations", "areas"):
            connection.execute(
                f"insert into plan.{table} select * replace ('v2' as plan_version) from plan.{table}"
            )
    home.send_rows(f"{row} ")
    before = contents(home.settings)
    assert [row[8] for row in before["submissions"]] == ["accepted", "refused"]

    intake.rebuild(home.settings, tmp_path / "again")

    assert contents(home.settings.model_copy(update={"home": tmp_path / "again"})) == before


def test_a_file_missing_from_the_archive_is_told(one_file: Home, tmp_path: Path) -> None:
    kept = kept_file(one_file)
    kept.unlink()

    with pytest.raises(MinshengError, match=kept.name):
        intake.rebuild(one_file.settings, tmp_path / "again")


def test_an_altered_file_of_the_archive_makes_no_ledger(one_file: Home, tmp_path: Path) -> None:
    kept = kept_file(one_file)
    kept.chmod(0o644)
    kept.write_text(table("2024-01,JOBS,,210504002,9,,,,"))

    with pytest.raises(MinshengError, match=r"a\.csv, no longer has the bytes"):
        intake.rebuild(one_file.settings, tmp_path / "again")


def test_a_plan_that_the_ledger_in_use_does_not_have_makes_no_ledger(one_file: Home, tmp_path: Path) -> None:
    record, arrival = only_record(one_file)
    record.write_text(json.dumps([arrival | {"plan_version": "f" * 64}]))

    with pytest.raises(MinshengError, match=r"a\.csv was judged by the plan ffffffffffff"):
        intake.rebuild(one_file.settings, tmp_path / "again")


def only_record(home: Home) -> tuple[Path, dict[str, Any]]:
    """Where the archive records the only arrival, and what it records."""
    (record,) = (home.settings.archive / "records").iterdir()
    (arrival,) = json.loads(record.read_text())
    return record, arrival


def test_records_of_one_file_for_each_arrival_make_the_ledger_too(home: Home, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        home.drop(name, table(f"2024-01,JOBS,,210504002,{len(name)},{name},,,"))
    home.take_in()
    (record,) = (home.settings.archive / "records").iterdir()
    for arrival in json.loads(record.read_text()):
        record.with_name(f"{arrival['submission_id']}.json").write_text(json.dumps(arrival))
    record.unlink()

    again = intake.rebuild(home.settings, tmp_path / "again")

    with duckdb.connect(again.ledger_file, read_only=True) as ledger:
        names = ledger.execute("select file_name from ledger.submissions order by sequence").fetchall()
    assert names == home.query("select file_name from ledger.submissions order by sequence")


def test_an_arrival_that_was_recorded_again_has_its_later_place(one_file: Home, tmp_path: Path) -> None:
    record, arrival = only_record(one_file)
    record.with_name("begun.json").write_text(json.dumps([arrival | {"sequence": 0, "batch": "begun"}]))

    again = intake.rebuild(one_file.settings, tmp_path / "again")

    with duckdb.connect(again.ledger_file, read_only=True) as ledger:
        assert ledger.execute("select sequence from ledger.submissions").fetchall() == [(1,)]


def test_an_approval_that_an_older_ledger_does_not_know_comes_from_the_archive(
    one_file: Home, tmp_path: Path
) -> None:
    decided = ["d", "2024-01", "areas", "key", "样例审批人", "样例说明", "2024-02-06 08:00:00", "2024-03-22"]
    folder = one_file.settings.archive / "decisions"
    folder.mkdir()
    (folder / "2024-01-d.json").write_text(json.dumps([decided]))

    again = intake.rebuild(one_file.settings, tmp_path / "again")

    with duckdb.connect(again.ledger_file, read_only=True) as ledger:
        assert ledger.execute("select decision_id, reason from ledger.decisions").fetchall() == [
            ("d", "样例说明")
        ]


def test_a_rebuild_that_ended_midway_leaves_no_ledger_and_can_be_run_again(
    one_file: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the machine went away")

    with monkeypatch.context() as broken:
        broken.setattr(rebuilding, "append", fail)
        with pytest.raises(OSError, match="went away"):
            intake.rebuild(one_file.settings, tmp_path / "again")
    nothing_there = not (tmp_path / "again").exists()
    rebuilt = intake.rebuild(one_file.settings, tmp_path / "again")

    assert (nothing_there, rebuilt.submissions) == (True, 1)


def test_what_a_killed_rebuild_left_does_not_stop_the_next(one_file: Home, tmp_path: Path) -> None:
    left = tmp_path / ".again.rebuilding"
    left.mkdir()
    (left / "warehouse.duckdb").write_bytes(b"half a ledger")

    rebuilt = intake.rebuild(one_file.settings, tmp_path / "again")

    assert rebuilt.submissions == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "home"]
