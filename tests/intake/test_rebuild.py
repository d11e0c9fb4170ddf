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
from warehouse.intake import records
from warehouse.intake.rebuilding import rebuilt
from warehouse.settings import Settings

KINDS = ("csv", "csv", "xlsx", "xls", "ods")
TABLES = ("submissions", "observations", "explanations", "refusals", "warnings")


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
    (path,) = home.settings.archive.glob("[0-9a-f]" * 64)
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

    again = intake.rebuild(home.settings, tmp_path / "again")

    assert again.submissions == len(before["submissions"])
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


def as_made_before_batches(home: Home) -> Path:
    """Turn a home into one of a release that recorded arrivals alone; return the folder of its records."""
    arrivals = [vars(one) for one in records.recorded_arrivals(home.settings)]
    shutil.rmtree(home.settings.archive / "records")
    with ledger.writing(home.settings) as connection:
        connection.execute("delete from ledger.batches")
    folder = home.settings.archive / "records"
    folder.mkdir()
    for arrival in arrivals:
        (folder / f"{arrival['submission_id']}.json").write_text(json.dumps(arrival))
    return folder


def names_in(ledger_file: str) -> list[tuple[str, int]]:
    with duckdb.connect(ledger_file, read_only=True) as ledger:
        return ledger.execute(
            "select file_name, sequence from ledger.submissions order by sequence"
        ).fetchall()


def test_a_plan_that_the_ledger_in_use_does_not_have_makes_no_ledger(one_file: Home, tmp_path: Path) -> None:
    (record,) = as_made_before_batches(one_file).iterdir()
    record.write_text(json.dumps(json.loads(record.read_text()) | {"plan_version": "f" * 64}))

    with pytest.raises(MinshengError, match=r"a\.csv was judged by the plan ffffffffffff"):
        intake.rebuild(one_file.settings, tmp_path / "again")


def test_records_of_one_file_for_each_arrival_make_the_ledger_too(home: Home, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        home.drop(name, table(f"2024-01,JOBS,,210504002,{len(name)},{name},,,"))
    home.take_in()
    as_made_before_batches(home)

    again = intake.rebuild(home.settings, tmp_path / "again")

    assert names_in(again.ledger_file) == [("a.csv", 1), ("b.csv", 2)]


def test_an_arrival_that_was_recorded_again_has_its_later_place(one_file: Home, tmp_path: Path) -> None:
    folder = as_made_before_batches(one_file)
    (record,) = folder.iterdir()
    begun = json.loads(record.read_text()) | {"sequence": 0, "batch": "begun"}
    (folder / "begun.json").write_text(json.dumps([begun]))

    again = intake.rebuild(one_file.settings, tmp_path / "again")

    assert names_in(again.ledger_file) == [("a.csv", 1)]


def test_what_was_decided_stays_and_what_newer_rules_would_say_is_listed(
    one_file: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilt, "append", refusing_everything)

    again = intake.rebuild(one_file.settings, tmp_path / "again")

    assert again.differs_from_ledger_in_use == []
    assert [(one.file_name, one.row_number, one.other) for one in again.differs_from_rules_of_today] == [
        ("a.csv", 2, "refused value_too_large")
    ]
    with duckdb.connect(again.ledger_file, read_only=True) as ledger:
        assert ledger.execute("select count(*) from ledger.observations").fetchall() == [(1,)]


def refusing_everything(connection: duckdb.DuckDBPyConnection, *_: object) -> None:
    """Append the only file as a stricter release would: its row refused."""
    connection.execute(
        "insert into ledger.refusals "
        "select submission_id, sequence, '', 2, null, null, 'value_too_large', '', '', '' from arrivals"
    )


def test_what_the_ledger_in_use_says_otherwise_is_listed(one_file: Home, tmp_path: Path) -> None:
    with ledger.writing(one_file.settings) as connection:
        connection.execute("update ledger.observations set value = 7")

    again = intake.rebuild(one_file.settings, tmp_path / "again")

    (one,) = again.differs_from_ledger_in_use
    assert (one.file_name, one.row_number) == ("a.csv", 2)
    assert "figure 1.000000" in one.rebuilt
    assert "figure 7.000000" in one.other


def test_a_damaged_record_makes_no_ledger(one_file: Home, tmp_path: Path) -> None:
    (rows,) = (one_file.settings.archive / "records").glob("*.observations.parquet")
    rows.write_bytes(rows.read_bytes()[:-1])

    with pytest.raises(MinshengError, match=f"{rows.name} is missing or not what was recorded"):
        intake.rebuild(one_file.settings, tmp_path / "again")


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
        broken.setattr(rebuilt, "append", fail)
        with pytest.raises(OSError, match="went away"):
            intake.rebuild(one_file.settings, tmp_path / "again")
    nothing_there = not (tmp_path / "again").exists()
    again = intake.rebuild(one_file.settings, tmp_path / "again")

    assert (nothing_there, again.submissions) == (True, 1)


def test_what_a_killed_rebuild_left_does_not_stop_the_next(one_file: Home, tmp_path: Path) -> None:
    left = tmp_path / ".again.rebuilding"
    left.mkdir()
    (left / "warehouse.duckdb").write_bytes(b"half a ledger")

    again = intake.rebuild(one_file.settings, tmp_path / "again")

    assert again.submissions == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "home"]
