"""The ledger in a lakehouse, its catalog in a file: the same months, and readers that no writer disturbs."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from tests.conftest import MONTH, ledger_rows
from tests.ledger.conftest import in_a_lake
from tests.prepared import Prepared
from tests.services.extensions import with_extensions
from warehouse import backup, gate, ledger, progress
from warehouse.backup import save
from warehouse.backup.contents import Contents
from warehouse.errors import LedgerBusyError, MinshengError
from warehouse.ledger.move import move
from warehouse.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def lake(prepared: Prepared, tmp_path: Path) -> Settings:
    """A lakehouse that is to be made."""
    return in_a_lake(Settings(home=with_extensions(prepared, tmp_path / "home"), lock_seconds=0.3))


@pytest.fixture
def in_a_file(small_home: Path, prepared: Prepared, tmp_path: Path) -> Settings:
    """A small home with its ledger in a file, to be moved into a lakehouse."""
    shutil.copytree(small_home, tmp_path / "home", symlinks=True)
    return Settings(home=with_extensions(prepared, tmp_path / "home"), lock_seconds=0.3)


@pytest.fixture
def moved(in_a_file: Settings) -> Settings:
    """The same home with its ledger in a lakehouse."""
    lake = in_a_lake(in_a_file)
    move(in_a_file, lake)
    return lake


def add_version(settings: Settings, name: str) -> None:
    with ledger.upgrading(settings) as connection:
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
    with ledger.upgrading(lake):
        refused = refused_beside(lake)

    assert len(refused) == 1


def test_opening_it_again_makes_no_new_version_of_it(lake: Settings) -> None:
    add_version(lake, "v")
    with ledger.sharing(lake) as first:
        pass

    with ledger.upgrading(lake), ledger.sharing(lake) as second:
        assert second.snapshot == first.snapshot


def test_a_month_from_a_lakehouse_is_the_month_from_the_file(
    built_home: Path, checked_in_a_lake: Path
) -> None:
    from_file, from_lake = (
        progress.candidate_of(Settings(home=home), MONTH) for home in (built_home, checked_in_a_lake)
    )

    assert from_lake.build_facts()["marts_sha256"] == from_file.build_facts()["marts_sha256"]
    assert gate.report_of(from_lake).verdict == "passed"


def test_a_ledger_that_was_moved_and_moved_back_is_the_same(
    in_a_file: Settings, moved: Settings, tmp_path: Path
) -> None:
    back = in_a_file.model_copy(update={"home": tmp_path / "back"})

    there, again = move(moved, back), move(in_a_file, back)

    assert there.rows == again.rows
    assert there.rows["ledger.observations"] > 0


def test_a_backup_of_a_lakehouse_is_a_home_with_the_same_ledger_in_a_file(
    in_a_file: Settings, moved: Settings, tmp_path: Path
) -> None:
    add_version(moved, "only in the lakehouse")
    restored = Settings(home=tmp_path / "restored")

    made = backup.backup(moved, tmp_path / "backup.tar")
    backup.restore(restored, tmp_path / "backup.tar")

    assert ledger_rows(restored) == ledger_rows(moved) != ledger_rows(in_a_file)
    assert made.holds.submissions > 0
    assert not (restored.home / "ledger").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".backup")] == []


def test_no_writer_changes_a_lakehouse_while_it_is_backed_up(
    moved: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[LedgerBusyError] = []
    look = save.contents_of

    def write_meanwhile(home: Path, ledger_file: Path) -> Contents:
        refused.extend(refused_beside(moved))
        return look(home, ledger_file)

    monkeypatch.setattr(save, "contents_of", write_meanwhile)
    backup.backup(moved, tmp_path / "backup.tar")

    assert [type(error) for error in refused] == [LedgerBusyError]


def test_a_place_that_holds_another_ledger_is_left_alone(in_a_file: Settings, moved: Settings) -> None:
    add_version(moved, "another")

    with pytest.raises(MinshengError, match=r"holds another ledger already.*plan\.versions"):
        move(in_a_file, moved)
