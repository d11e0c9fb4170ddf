"""A publication beside a copy of the file that is published, synced: what an edition costs beyond its bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.build import temporary_home
from benchmarks.measure import RUNS, Measurement, measure
from warehouse import durable, editions, gate, intake, progress, samples
from warehouse.periods import Period
from warehouse.settings import Settings

_FIRST = Period(2024, 1)


def measurements(_scale: float = 1.0) -> list[Measurement]:
    """Measure on the real plan's samples: a month of its own for each run."""
    with temporary_home() as settings:
        samples.write(settings, _FIRST + (RUNS - 1))
        intake.take_in(settings)
        for number in range(RUNS):
            progress.build(settings, _FIRST + number)
            gate.check(settings, _FIRST + number)
        return [
            measure(
                "publication of a month",
                "copying its file",
                lambda number: editions.publish(settings, _FIRST + number, "样例审批人", "样例"),
                lambda number: _copied(settings, _FIRST + number),
            )
        ]


def _copied(settings: Settings, month: Period) -> None:
    copy: Path = settings.home / f"{month}.duckdb"
    shutil.copyfile(progress.candidate_of(settings, month).marts, copy)
    durable.sync(copy)
    durable.sync(copy.parent)
