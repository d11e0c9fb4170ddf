"""A disk that is full or may not be written to: the run fails, and the next one completes it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.district import HEADER, MONTH, District, words_of

DISK = 96 * 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        reason = "a small disk needs the right to mount one"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def district(disk: Path) -> District:
    district = District(disk / "home")
    district.open()
    district.deliver()
    district.run()
    district.deliver()
    return district


def run_to_its_end(district: District) -> int | None:
    process = district.start(*words_of("run"))
    process.join()
    return process.exitcode


@pytest.mark.slow
@pytest.mark.parametrize("free", [0, 256 * 1024, 4 * 1024 * 1024])
def test_a_full_disk_fails_the_run_and_the_next_one_completes_it(
    district: District, disk: Path, free: int
) -> None:
    room = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"\0" * max(0, room.f_bavail * room.f_frsize - free))

    status = run_to_its_end(district)
    filler.unlink()
    district.run()

    assert status == 1
    assert district.checker.faults() == []


@pytest.mark.slow
def test_a_disk_that_may_not_be_written_to_fails_the_run_and_loses_nothing(
    district: District, disk: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

    status = run_to_its_end(district)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    district.run()

    assert status == 1
    assert district.checker.faults() == []


@pytest.mark.slow
def test_a_disk_that_fills_up_while_rows_are_written_is_told_in_one_plain_sentence(
    district: District, disk: Path
) -> None:
    rows = "".join(f"{MONTH},EMP-001,999999001,不详{number},\n" for number in range(60_000))
    (district.settings.inbox / "LABOUR" / "样例大表.csv").write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    room = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"\0" * max(0, room.f_bavail * room.f_frsize - 5 * 1024 * 1024))
    minsheng = [
        str(Path(sys.executable).parent / "minsheng"),
        "ingest",
        "--home",
        str(district.settings.home),
    ]

    ended = subprocess.run(minsheng, check=False, capture_output=True, encoding="utf-8")
    filler.unlink()
    district.complete("ingest")

    assert ended.returncode == 1
    assert "No space left on device" in ended.stderr
    assert "see that the disk has room" in ended.stderr
    assert not {"Unexpected", "Traceback"} & set(ended.stderr.split())
