"""Promise 4: whoever reads `current` sees one whole edition, and never waits, however often it moves."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import MONTH
from tests.editions.candidates import change_and_pass
from tests.processes import processes
from warehouse import editions
from warehouse.settings import Settings

# Each writes a whole edition while the readers keep every core busy.
MANY = int(os.environ.get("MINSHENG_PUBLICATIONS", "100"))
PATIENCE_SECONDS = 120
MARKS = (
    "select distinct note from marts.indicator_progress union all select distinct name_zh from marts.areas"
)


def mark(settings: Settings, number: int) -> None:
    """Give the candidate one number in two of its tables, as if the gate had passed it so."""
    tables = {"indicator_progress": "note", "areas": "name_zh"}
    updates = [f"update marts.{table} set {column} = '{number}'" for table, column in tables.items()]
    change_and_pass(settings, ";".join(updates))


def read_without_pause(current: Path, has_read: Any, ended: Any, answers: Any) -> None:
    """Read the edition by its link, and then all its files in the folder that the link led to."""
    reads, faults, last = 0, [], 0
    while not ended.is_set():
        try:
            with duckdb.connect(str(current / "minsheng.duckdb"), read_only=True) as connection:
                marks = {int(note) for (note,) in connection.execute(MARKS).fetchall()}
            folder = Path(os.path.realpath(current))
            manifest = json.loads((folder / "manifest.json").read_text())
            twin = duckdb.connect().read_parquet(str(folder / "parquet" / "areas.parquet"))
            names = {int(name) for (name,) in twin.select("name_zh").distinct().fetchall()}
        except Exception as error:  # noqa: BLE001 - any fault at all is what the test looks for
            faults.append(repr(error))
            continue
        finally:
            has_read.set()
        reads += 1
        if len(marks) != 1 or names != {manifest["revision"]} or min(marks) < last:
            faults.append(f"{marks}, {names}, revision {manifest['revision']}, after {last}")
        last = max(marks)
    answers.put((reads, faults))


def read_by(readers: int, current: Path, publish: Callable[[], None]) -> list[tuple[int, list[str]]]:
    """Publish while so many processes read; return how often each read, and what it found at fault."""
    start = processes()
    ended, answers = start.Event(), start.Queue()
    started = [start.Event() for _ in range(readers)]
    working = [
        start.Process(target=read_without_pause, args=(current, has_read, ended, answers))
        for has_read in started
    ]
    for reader in working:
        reader.start()
    try:
        assert all(has_read.wait(PATIENCE_SECONDS) for has_read in started), "a reader did not begin"
        publish()
    finally:
        ended.set()
    found = [answers.get() for _ in working]
    for reader in working:
        reader.join()
    return found


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("publications", "readers"),
    [
        pytest.param(5, 3, id="5 under 3 readers"),
        pytest.param(MANY, 8, id="many under 8 readers", marks=pytest.mark.long),
    ],
)
def test_publications_under_readers_give_no_failed_and_no_mixed_read(
    small: Settings, publications: int, readers: int
) -> None:
    def publish() -> None:
        for number in range(2, publications + 2):
            mark(small, number)
            editions.publish(small, MONTH)

    mark(small, 1)
    editions.publish(small, MONTH)
    found = read_by(readers, small.editions / "current", publish)

    assert [fault for _, faults in found for fault in faults] == []
    assert min(reads for reads, _ in found) >= publications
    assert editions.find(small, "current").name == f"{MONTH}/r{publications + 1}"
    assert editions.verify(small).editions[-1] == f"{MONTH}/r1"
