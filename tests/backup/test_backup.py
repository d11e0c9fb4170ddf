"""A backup is one moment of the whole home; what comes back is the same home, or nothing."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest

from tests.conftest import ledger_rows
from warehouse import backup, editions, intake
from warehouse.cli.main import main
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
INVENTORY = "minsheng-backup.json"


@pytest.fixture
def home(published: Settings, tmp_path: Path) -> Settings:
    """A copy of a home with an edition, for one test to change as it likes."""
    folder = tmp_path / "home"
    shutil.copytree(published.home, folder, symlinks=True)
    return published.model_copy(update={"home": folder})


@pytest.fixture
def elsewhere(home: Settings, tmp_path: Path) -> Settings:
    return home.model_copy(update={"home": tmp_path / "elsewhere"})


def contents(settings: Settings) -> dict[str, bytes | str]:
    """Everything that a home holds and cannot be made again."""
    kept = ("archive", "editions", "inbox", "outbox")
    paths = [path for name in kept for path in (settings.home / name).rglob("*") if path.name[0] != "."]
    return {
        str(path.relative_to(settings.home)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in paths
        if path.is_symlink() or path.is_file()
    }


def test_what_is_restored_is_what_was_backed_up(home: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    (home.inbox / "HRSS" / "尚未收取.csv").write_text("样例")

    made = backup.backup(home, tmp_path / "backup.tar")
    restored = backup.restore(elsewhere, tmp_path / "backup.tar")

    assert contents(elsewhere) == contents(home)
    assert ledger_rows(elsewhere) == ledger_rows(home)
    assert restored.holds == made.holds
    assert editions.verify(elsewhere).editions == ["2023-12/r1"]
    assert (elsewhere.editions / "current").readlink() == Path("2023-12/r1")


def test_a_restored_home_goes_on(home: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    backup.backup(home, tmp_path / "backup.tar")
    backup.restore(elsewhere, tmp_path / "backup.tar")

    assert intake.take_in(elsewhere).submissions == []
    assert (
        editions.query(editions.find(elsewhere, "current"), "select count(*) from marts.targets").rows != []
    )


def test_a_restored_edition_cannot_be_written(home: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    backup.backup(home, tmp_path / "backup.tar")
    backup.restore(elsewhere, tmp_path / "backup.tar")

    edition = editions.find(elsewhere, "current")
    assert {path.stat().st_mode & 0o222 for path in [edition.path, *edition.path.rglob("*")]} == {0}


def test_what_a_killed_writer_committed_is_in_the_backup(
    home: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-c", COMMIT_AND_DIE, str(home.home)], check=True)
    assert home.ledger_file.with_name("warehouse.duckdb.wal").exists()

    backup.backup(home, tmp_path / "backup.tar")
    backup.restore(elsewhere, tmp_path / "backup.tar")

    assert ("ledger", "decisions", "d") in [row[:3] for row in ledger_rows(elsewhere)]


def test_backups_made_while_files_are_taken_in_are_each_of_one_moment(home: Settings, tmp_path: Path) -> None:
    ended = threading.Event()

    def deliver() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            (home.inbox / "HRSS" / f"{number}.csv").write_text(f"样例,{number}\n")
            intake.take_in(home)

    delivering = threading.Thread(target=deliver)
    delivering.start()
    try:
        made = [backup.backup(home, tmp_path / f"{number}.tar") for number in range(4)]
    finally:
        ended.set()
        delivering.join()

    counts = [one.holds.submissions for one in made]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_home_that_holds_something_is_not_overwritten(home: Settings, tmp_path: Path) -> None:
    backup.backup(home, tmp_path / "backup.tar")
    before = contents(home)

    with pytest.raises(MinshengError, match="never overwrites"):
        backup.restore(home, tmp_path / "backup.tar")

    assert contents(home) == before


def test_a_backup_does_not_replace_a_file(home: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    file.write_text("precious")

    with pytest.raises(MinshengError, match="already"):
        backup.backup(home, file)

    assert file.read_text() == "precious"


def test_an_archive_that_lost_a_file_makes_no_backup(home: Settings, tmp_path: Path) -> None:
    next(path for path in home.archive.iterdir() if len(path.name) == 64).unlink()

    with pytest.raises(MinshengError, match="The archive lacks"):
        backup.backup(home, tmp_path / "backup.tar")

    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_an_archived_file_with_other_bytes_makes_no_backup(home: Settings, tmp_path: Path) -> None:
    kept = next(path for path in home.archive.iterdir() if len(path.name) == 64)
    kept.chmod(0o644)
    kept.write_bytes(b"other")

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
    (home.inbox / "HRSS" / "link.csv").symlink_to("/etc/hostname")
    os.mkfifo(home.inbox / "HRSS" / "pipe.csv")

    made = backup.backup(home, tmp_path / "backup.tar")
    backup.restore(elsewhere, tmp_path / "backup.tar")

    assert made.left == ["inbox/HRSS/link.csv", "inbox/HRSS/pipe.csv"]
    assert list((elsewhere.inbox / "HRSS").iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "text"])
def test_a_damaged_backup_restores_nothing(
    home: Settings, elsewhere: Settings, tmp_path: Path, damage: str
) -> None:
    file = tmp_path / "backup.tar"
    backup.backup(home, file)
    content = file.read_bytes()
    middle = len(content) // 2
    damaged = {
        "cut": content[:middle],
        "flip": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "empty": b"",
        "text": b"no tar at all" * 1000,
    }
    file.write_bytes(damaged[damage])

    with pytest.raises(MinshengError, match="use another one"):
        backup.restore(elsewhere, file)

    assert not elsewhere.home.exists()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, target
    return made


HOSTILE = {
    "climbs out": [member("../evil")],
    "climbs out from within": [member("inbox", tarfile.DIRTYPE), member("inbox/../../evil")],
    "starts at the root": [member("/tmp/evil")],
    "is a link out": [member("inbox", tarfile.SYMTYPE, "/etc")],
    "is a current that leads out": [
        member("editions", tarfile.DIRTYPE),
        member("editions/current", tarfile.SYMTYPE, "../../etc"),
    ],
    "is written through a link": [
        member("editions", tarfile.DIRTYPE),
        member("editions/current", tarfile.SYMTYPE, "2023-12/r1"),
        member("editions/current/evil"),
    ],
    "is a hard link": [member("evil", tarfile.LNKTYPE, "/etc/hostname")],
    "is a device": [member("evil", tarfile.CHRTYPE)],
    "is a pipe": [member("evil", tarfile.FIFOTYPE)],
    "is there twice": [member("evil"), member("evil")],
    "is sparse": [member("evil", tarfile.GNUTYPE_SPARSE)],
}


@pytest.mark.parametrize("members", HOSTILE.values(), ids=HOSTILE)
def test_a_member_that_no_home_has_is_refused(
    elsewhere: Settings, tmp_path: Path, members: list[tarfile.TarInfo]
) -> None:
    file = tmp_path / "hostile.tar"
    inventory = {"format": 1, "made_at": "", "code_version": "", "current": None, "files": {}}
    with tarfile.open(file, "w") as tar:
        for one in members:
            tar.addfile(one)
        last = member(INVENTORY)
        content = json.dumps(inventory).encode()
        last.size = len(content)
        tar.addfile(last, io.BytesIO(content))

    with pytest.raises(MinshengError, match="refused"):
        backup.restore(elsewhere, file)

    assert not elsewhere.home.exists()
    assert not (tmp_path / "evil").exists()


def test_the_command_line_restores_into_a_home_that_has_only_its_log(
    home: Settings, elsewhere: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.backup(home, tmp_path / "backup.tar")
    words = ["minsheng", "restore", str(tmp_path / "backup.tar"), "--home", str(elsewhere.home)]
    monkeypatch.setattr(sys, "argv", words)

    with pytest.raises(SystemExit) as first:
        main()
    with pytest.raises(SystemExit) as again:
        main()

    assert (first.value.code, again.value.code) == (0, 1)
    assert (elsewhere.logs / "minsheng.jsonl").exists()
    assert contents(elsewhere) == contents(home)
