"""A backup that is made while files are taken in is of one moment, and intake goes on around it."""

from __future__ import annotations

import re
import tarfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from warehouse import backup, intake
from warehouse.settings import Settings

# Between two intakes a backup that waits gets its turn: it asks every tenth of a second.
PAUSE_SECONDS = 0.3
PATIENCE_SECONDS = 60.0
ARCHIVED = re.compile(r"archive/[0-9a-f]{64}")


@dataclass
class Deliveries:
    """A department that delivers one file after another, each taken in before the next."""

    home: Settings
    taken_in: int = 0
    ended: Event = field(default_factory=Event)

    def go_on(self) -> None:
        """Deliver and take in, with a pause between, until it is told to end."""
        while not self.ended.is_set():
            number = self.taken_in + 1
            (self.home.inbox / "LABOUR" / f"{number}.csv").write_text(f"样例,{number}\n", encoding="utf-8")
            intake.take_in(self.home)
            self.taken_in = number
            self.ended.wait(PAUSE_SECONDS)

    def wait_until_at_work(self) -> None:
        """Wait for an intake that has claimed a file and not yet let go of it."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while not any(path.is_file() for path in (self.home.archive / "claimed").rglob("*")):
            assert time.monotonic() < give_up_at, "no intake was seen at work"
            time.sleep(0.001)


@contextmanager
def deliveries(home: Settings) -> Iterator[Deliveries]:
    """Let a department deliver until the block ends; an intake that failed fails the test."""
    department = Deliveries(home)
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(department.go_on)
        try:
            yield department
        finally:
            department.ended.set()
        working.result()


def archived_in(file: Path) -> int:
    """Return how many received files a backup holds."""
    with tarfile.open(file) as tar:
        return sum(1 for name in tar.getnames() if ARCHIVED.fullmatch(name))


@pytest.mark.slow
def test_backups_made_while_files_are_taken_in_are_each_of_one_moment(home: Settings, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.tar" for number in range(2)]
    submissions, taken_in_meanwhile = [], []

    with deliveries(home) as department:
        for file in files:
            department.wait_until_at_work()
            before = department.taken_in
            submissions.append(backup.backup(home, file).holds.submissions)
            taken_in_meanwhile.append(department.taken_in - before)

    assert min(taken_in_meanwhile) > 0
    assert submissions == sorted(set(submissions))
    assert [archived_in(file) for file in files] == submissions
