"""A full disk, or a folder that may not be written to: the run fails, and the next one completes it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.delivered import HEADER
from tests.faults.district import MONTH, District, tried, words_of
from tests.services.disks import mount, mounted, small_disk

pytestmark = pytest.mark.slow

DISK = 96 * 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder, DISK):
        yield folder


@pytest.fixture
def on_disk(sound_district: District, disk: Path) -> District:
    district = sound_district.copied(disk / "home")
    district.deliver()
    return district


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write to a folder, not even root."""
    with mounted(folder, "--bind", folder):
        mount("-o", "remount,ro,bind", folder)
        yield


@pytest.mark.parametrize("free", tried([256 * 1024, 0, 4 * 1024 * 1024]))
def test_a_full_disk_fails_the_run_and_the_next_one_completes_it(
    on_disk: District, disk: Path, free: int
) -> None:
    room = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"\0" * max(0, room.f_bavail * room.f_frsize - free))

    on_disk.fail(*words_of("run"))
    readers_meet = on_disk.checker.faults_for_readers()
    filler.unlink()
    on_disk.run()

    assert readers_meet == []
    assert on_disk.checker.faults() == []


@pytest.mark.parametrize(
    ("folder", "step"),
    tried(
        [
            ("archive", "ingest"),
            ("editions", "publish"),
            ("outbox/LABOUR", "ingest"),
            ("inbox/LABOUR", "ingest"),
            ("candidate", "build"),
            (".", "run"),
        ],
        few=2,
    ),
)
def test_a_folder_that_may_not_be_written_to_fails_the_step_and_loses_nothing(
    district: District, folder: str, step: str
) -> None:
    with read_only(district.settings.home / folder):
        district.fail(*words_of(step))
        readers_meet = district.checker.faults_for_readers()
    district.take_steps("ingest", step)

    assert readers_meet == []
    assert district.checker.faults_of_intake() == district.checker.faults_for_readers() == []


def test_a_disk_that_fills_up_while_rows_are_written_is_told_in_one_plain_sentence(
    on_disk: District, disk: Path
) -> None:
    rows = "".join(f"{MONTH},EMP-001,999999001,不详{number},\n" for number in range(60_000))
    (on_disk.settings.inbox / "LABOUR" / "样例大表.csv").write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    room = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"\0" * max(0, room.f_bavail * room.f_frsize - 5 * 1024 * 1024))

    said = on_disk.fail("ingest")
    filler.unlink()
    on_disk.complete("ingest")

    assert "No space left on device" in said
    assert "see that the disk has room" in said
