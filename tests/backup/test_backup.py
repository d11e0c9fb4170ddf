"""A backup is one moment of the whole home; what comes back is the same home, or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.backup.conftest import at, in_a_copy
from tests.conftest import ledger_rows
from warehouse import backup, editions, intake, maintenance
from warehouse.alone import alone
from warehouse.backup import Backup, Restored, save
from warehouse.backup.whole import prove
from warehouse.cli.main import run_command_line
from warehouse.errors import MinshengError
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

COMMIT_AND_DIE = """
import os, sys
from pathlib import Path
from warehouse import ledger
from warehouse.settings import Settings
with ledger.writing(Settings(home=Path(sys.argv[1]))) as connection:
    connection.execute(
        "insert into ledger.decisions values ('d', '2023-12', 's', 'e', '样例', '样例', now(), now())"
    )
    os._exit(0)
"""
NOT_YET_TAKEN_IN = "尚未收取.csv"


@dataclass(frozen=True)
class Kept:
    """A home as it was backed up, with a file that waits in an inbox."""

    home: Settings
    file: Path
    made: Backup


@pytest.fixture(scope="module")
def kept(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A backup for all tests that only read it; the home stays as it was backed up."""
    folder = tmp_path_factory.mktemp("kept")
    home = in_a_copy(published_home, folder / "home")
    (home.inbox / "LABOUR" / NOT_YET_TAKEN_IN).write_text("样例", encoding="utf-8")
    (home.home / "extensions").mkdir()
    (home.home / "extensions" / "ducklake.duckdb_extension").write_bytes(b"130 MB that are installed again")
    return Kept(home, folder / "backup.tar", backup.backup(home, folder / "backup.tar"))


@pytest.fixture(scope="module")
def restored(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Restored]:
    """The home that came back, for tests that only read it, and what its restoring reported."""
    settings = at(tmp_path_factory.mktemp("restored") / "home")
    return settings, backup.restore(settings, kept.file)


def contents(settings: Settings) -> dict[str, bytes | str]:
    """Everything that a home holds and cannot be made again."""
    kept = ("archive", "editions", "inbox", "outbox")
    paths = [path for name in kept for path in (settings.home / name).rglob("*") if path.name[0] != "."]
    return {
        str(path.relative_to(settings.home)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in paths
        if path.is_symlink() or path.is_file()
    }


def archived(settings: Settings) -> Path:
    """One of the files that the home received."""
    return next(path for path in settings.archive.iterdir() if len(path.name) == 64)


def test_what_is_restored_is_what_was_backed_up(kept: Kept, restored: tuple[Settings, Restored]) -> None:
    settings, reported = restored

    assert contents(settings) == contents(kept.home)
    assert ledger_rows(settings) == ledger_rows(kept.home)
    assert reported.holds == kept.made.holds
    assert editions.verify(settings).editions == ["2023-04/r1"]
    assert (settings.editions / "current").readlink() == Path("2023-04/r1")


def test_what_the_next_run_makes_again_is_left_out(kept: Kept, restored: tuple[Settings, Restored]) -> None:
    settings, _ = restored
    made_again = {"candidate", "dbt", "extensions"}

    assert made_again <= {path.name for path in kept.home.home.iterdir()}
    assert made_again.isdisjoint(path.name for path in settings.home.iterdir())


def test_a_restored_edition_cannot_be_written(restored: tuple[Settings, Restored]) -> None:
    settings, _ = restored

    edition = editions.find(settings, "current")
    assert {path.stat().st_mode & 0o222 for path in [edition.path, *edition.path.rglob("*")]} == {0}


def test_a_restored_home_goes_on_with_what_was_not_yet_taken_in(kept: Kept, elsewhere: Settings) -> None:
    backup.restore(elsewhere, kept.file)

    taken = intake.take_in(elsewhere).submissions
    figures = editions.query(editions.find(elsewhere, "current"), "select count(*) from marts.targets")

    assert [one.file_name for one in taken] == [NOT_YET_TAKEN_IN]
    assert figures.rows != []


def test_what_a_killed_writer_committed_is_in_the_backup(
    home: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-c", COMMIT_AND_DIE, str(home.home)], check=True)
    assert home.ledger_file.with_name("warehouse.duckdb.wal").exists()

    backup.backup(home, tmp_path / "backup.tar")
    backup.restore(elsewhere, tmp_path / "backup.tar")

    assert ("ledger", "decisions", "d") in [row[:3] for row in ledger_rows(elsewhere)]


def test_a_home_that_holds_something_is_not_overwritten(kept: Kept, home: Settings) -> None:
    before = contents(home)

    with pytest.raises(MinshengError, match="never overwrites"):
        backup.restore(home, kept.file)

    assert contents(home) == before


def test_a_backup_does_not_replace_a_file(home: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    file.write_text("precious")

    with pytest.raises(MinshengError, match="already"):
        backup.backup(home, file)

    assert file.read_text() == "precious"


def test_an_archive_that_lost_a_file_makes_no_backup(home: Settings, tmp_path: Path) -> None:
    archived(home).unlink()

    with pytest.raises(MinshengError, match="The archive lacks"):
        backup.backup(home, tmp_path / "backup.tar")

    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_an_archive_that_lost_a_record_makes_no_backup(home: Settings, tmp_path: Path) -> None:
    newest = max((home.archive / "records").glob("*.batch.json"))
    newest.unlink()

    with pytest.raises(MinshengError, match="The archive lacks 1 records of batches"):
        backup.backup(home, tmp_path / "backup.tar")


def test_an_archived_file_with_other_bytes_makes_no_backup(home: Settings, tmp_path: Path) -> None:
    received = archived(home)
    received.chmod(0o644)
    received.write_bytes(b"other")

    with pytest.raises(MinshengError, match="bytes that were received"):
        backup.backup(home, tmp_path / "backup.tar")


def test_an_edition_that_was_altered_makes_no_backup(home: Settings, tmp_path: Path) -> None:
    page = editions.find(home, "current").path / "quality.html"
    page.chmod(0o644)
    page.write_text("other")

    with pytest.raises(MinshengError, match=r"quality\.html was altered"):
        backup.backup(home, tmp_path / "backup.tar")


def test_a_link_that_a_department_dropped_is_left_out_and_named(
    home: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    (home.inbox / "LABOUR" / "link.csv").symlink_to("/etc/hostname")
    os.mkfifo(home.inbox / "LABOUR" / "pipe.csv")

    made = backup.backup(home, tmp_path / "backup.tar")
    backup.restore(elsewhere, tmp_path / "backup.tar")

    assert made.left == ["inbox/LABOUR/link.csv", "inbox/LABOUR/pipe.csv"]
    assert list((elsewhere.inbox / "LABOUR").iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "text"])
def test_a_damaged_backup_restores_nothing(
    kept: Kept, elsewhere: Settings, tmp_path: Path, damage: str
) -> None:
    content = kept.file.read_bytes()
    middle = len(content) // 2
    damaged = {
        "cut": content[:middle],
        "flip": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "empty": b"",
        "text": b"no tar at all" * 1000,
    }
    file = tmp_path / "backup.tar"
    file.write_bytes(damaged[damage])

    with pytest.raises(MinshengError, match="use another one"):
        backup.restore(elsewhere, file)

    assert not elsewhere.home.exists()


def test_the_command_line_restores_into_a_home_that_has_only_its_log(
    kept: Kept, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["minsheng", "restore", str(kept.file), "--home", str(elsewhere.home)]
    monkeypatch.setattr(sys, "argv", words)

    first = run_command_line()
    again = run_command_line()

    assert (first, again) == (0, 1)
    assert (elsewhere.logs / "minsheng.jsonl").exists()
    assert contents(elsewhere) == contents(kept.home)


def test_nobody_but_its_owner_may_read_a_backup_or_what_it_is_unpacked_to(
    home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, seen = tmp_path / "backups", []
    folder.mkdir()

    def noting(settings: Settings, proof: Path, inventory: Any) -> Any:
        seen.extend(path.stat().st_mode & 0o077 for path in (proof, *folder.glob(".*.tmp")))
        return prove(settings, proof, inventory)

    monkeypatch.setattr(save, "prove", noting)
    made = backup.backup(home, folder / "backup.tar")

    assert [Path(made.file).stat().st_mode & 0o777, seen] == [0o600, [0, 0]]


def test_two_backups_to_one_file_do_not_disturb_each_other(home: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"

    with alone(file), pytest.raises(MinshengError, match="is being made by another process"):
        backup.backup(home, file)
    made = backup.backup(home, file)

    assert [path.name for path in tmp_path.iterdir() if path != home.home] == ["backup.tar"]
    assert made.holds.submissions > 0


def test_what_a_killed_backup_left_goes_with_the_next_night(home: Settings) -> None:
    folder = home.backup_folder
    folder.mkdir(parents=True)
    killed = folder / "minsheng-2025-01-01.tar"
    for left in (folder / f".{killed.name}.lock", folder / f".{killed.name}.tmp"):
        left.write_bytes(b"left by a killed backup")
    (folder / f".{killed.name}.proof" / "archive").mkdir(parents=True)

    maintenance.nightly_backup(home, date(2025, 1, 2))

    assert [path.name for path in folder.iterdir()] == ["minsheng-2025-01-02.tar"]
