"""Promise 4: whoever reads `current` sees one whole edition, and never waits, however often it moves."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import MONTH
from warehouse import durable, editions, gate, progress
from warehouse.gate.check import GATE_FILE
from warehouse.settings import Settings

# Each writes a whole edition while the readers keep both cores busy: `make faults` does a hundred.
PUBLICATIONS = int(os.environ.get("MINSHENG_PUBLICATIONS", "10"))
READERS = 8
MARKS = (
    "select distinct note from marts.indicator_progress union all select distinct name_zh from marts.areas"
)


def mark(settings: Settings, number: int) -> None:
    """Give the candidate one number in two of its tables, as if the gate had passed it so."""
    candidate = progress.candidate_of(settings, MONTH)
    with duckdb.connect(str(candidate.marts)) as connection:
        connection.execute(f"update marts.indicator_progress set note = '{number}'")
        connection.execute(f"update marts.areas set name_zh = '{number}'")
    facts = candidate.build_facts() | {"marts_sha256": hashlib.sha256(str(number).encode()).hexdigest()}
    (candidate.folder / "build.json").write_text(json.dumps(facts))
    passed = dataclasses.replace(
        gate.report_of(candidate), candidate_sha256=durable.sha256_of(candidate.marts)
    )
    (candidate.folder / GATE_FILE).write_text(json.dumps(dataclasses.asdict(passed)))


def read_without_pause(current: Path, ended: Any, answers: Any) -> None:
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
        reads += 1
        if len(marks) != 1 or names != {manifest["revision"]} or min(marks) < last:
            faults.append(f"{marks}, {names}, revision {manifest['revision']}, after {last}")
        last = max(marks)
    answers.put((reads, faults))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_publications_under_8_readers_give_no_failed_and_no_mixed_read(small: Settings) -> None:
    mark(small, 1)
    editions.publish(small, MONTH)
    processes: Any = multiprocessing.get_context("forkserver")
    ended, answers = processes.Event(), processes.Queue()
    current = small.editions / "current"
    readers = [
        processes.Process(target=read_without_pause, args=(current, ended, answers)) for _ in range(READERS)
    ]
    for reader in readers:
        reader.start()

    for number in range(2, PUBLICATIONS + 2):
        mark(small, number)
        editions.publish(small, MONTH)
    ended.set()
    found = [answers.get() for _ in readers]
    for reader in readers:
        reader.join()

    assert [fault for _, faults in found for fault in faults] == []
    assert min(reads for reads, _ in found) > PUBLICATIONS // 10
    assert editions.find(small, "current").name == f"{MONTH}/r{PUBLICATIONS + 1}"
    assert editions.verify(small).editions[-1] == f"{MONTH}/r1"
