"""The ledger in a lakehouse, its catalog in a file: the same months, and readers that no writer disturbs."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.conftest import MONTH, ledger_rows
from warehouse import backup, gate, ledger, progress
from warehouse.backup import save
from warehouse.backup.contents import Contents
from warehouse.errors import LedgerBusyError, MinshengError
from warehouse.ledger.move import move
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def lake(tmp_path: Path) -> Settings:
    catalog = f"ducklake:sqlite:{tmp_path / 'catalog.sqlite'}"
    return Settings(home=tmp_path, plan=PROJECT / "seeds", ledger=catalog, lock_seconds=0.3)


def moved_into_a_lake(built: Settings) -> Settings:
    target = built.model_copy(update={"ledger": f"ducklake:sqlite:{built.home / 'catalog.sqlite'}"})
    move(built, target)
    return target


def add_version(settings: Settings, name: str) -> None:
    with ledger.writing(settings) as connection:
        connection.execute("insert into plan.versions values (?, 1, timestamp '2023-11-30')", [name])


def refused_beside(settings: Settings) -> list[LedgerBusyError]:
    """Let a second writer try in a thread of its own; return what it was refused with."""
    refused: list[LedgerBusyError] = []

    def write() -> None:
        try:
            add_version(settings, "second")
        except LedgerBusyError as error:
            refused.append(error)

    second = threading.Thread(target=write)
    second.start()
    second.join(timeout=10)
    return refused


def test_reading_before_there_is_a_lakehouse_says_what_to_do(lake: Settings) -> None:
    with pytest.raises(MinshengError, match="minsheng init"), ledger.reading(lake):
        pass


def test_what_was_written_is_there_at_the_next_opening(lake: Settings) -> None:
    add_version(lake, "v")

    with ledger.reading(lake) as connection:
        assert connection.execute("select plan_version from plan.current_version").fetchall() == [("v",)]


def test_a_reader_keeps_the_version_it_began_with(lake: Settings) -> None:
    add_version(lake, "before")

    with ledger.sharing(lake) as attachment:
        add_version(lake, "after")
        with ledger.reading_held(lake, attachment) as connection:
            seen = connection.execute("select plan_version from plan.versions").fetchall()

    assert seen == [("before",)]


def test_a_second_writer_waits_for_the_first(lake: Settings) -> None:
    with ledger.writing(lake):
        refused = refused_beside(lake)

    assert len(refused) == 1


def test_opening_it_again_makes_no_new_version_of_it(lake: Settings) -> None:
    add_version(lake, "v")
    with ledger.sharing(lake) as first:
        pass

    with ledger.writing(lake), ledger.sharing(lake) as second:
        assert second.snapshot == first.snapshot


def test_a_month_from_a_lakehouse_is_the_month_from_the_file(built: Settings) -> None:
    from_file = progress.build(built, MONTH)

    lake = moved_into_a_lake(built)
    from_lake = progress.build(lake, MONTH)

    assert from_lake.marts_sha256 == from_file.marts_sha256
    assert gate.check(lake, MONTH).verdict == "passed"


def test_a_ledger_that_was_moved_and_moved_back_is_the_same(built: Settings, tmp_path: Path) -> None:
    lake = moved_into_a_lake(built)
    back = built.model_copy(update={"home": tmp_path / "back"})

    there, again = move(lake, back), move(built, back)

    assert there.rows == again.rows
    assert there.rows["ledger.observations"] > 0


def test_a_backup_of_a_lakehouse_is_a_home_with_the_same_ledger_in_a_file(
    built: Settings, tmp_path: Path
) -> None:
    lake = moved_into_a_lake(built)
    add_version(lake, "only in the lakehouse")
    restored = Settings(home=tmp_path / "restored", plan=built.plan)

    made = backup.backup(lake, tmp_path / "backup.tar")
    backup.restore(restored, tmp_path / "backup.tar")

    assert ledger_rows(restored) == ledger_rows(lake) != ledger_rows(built)
    assert made.holds.submissions > 0
    assert not (restored.home / "ledger").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".backup")] == []


def test_no_writer_changes_a_lakehouse_while_it_is_backed_up(
    built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = moved_into_a_lake(built).model_copy(update={"lock_seconds": 0.3})
    refused: list[LedgerBusyError] = []
    look = save.contents_of

    def write_meanwhile(home: Path, ledger_file: Path) -> Contents:
        refused.extend(refused_beside(lake))
        return look(home, ledger_file)

    monkeypatch.setattr(save, "contents_of", write_meanwhile)
    backup.backup(lake, tmp_path / "backup.tar")

    assert [type(error) for error in refused] == [LedgerBusyError]


def test_a_place_that_holds_another_ledger_is_left_alone(built: Settings) -> None:
    lake = moved_into_a_lake(built)
    add_version(lake, "another")

    with pytest.raises(MinshengError, match=r"holds another ledger already.*plan\.versions"):
        move(built, lake)
