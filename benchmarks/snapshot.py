"""What people read of a month, report, workbook and index, beside the drawing of its charts alone."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks import homes
from benchmarks.measure import Figure, Limit, Measurement, Scale, measure
from benchmarks.plans import write_plan
from warehouse import editions, gate, progress
from warehouse.periods import Period
from warehouse.settings import Settings
from warehouse.snapshot import index, report
from warehouse.snapshot.month import month_of
from warehouse.snapshot.report.contents import cards_of
from warehouse.snapshot.workbook import WORKBOOK, workbook_of

_WHAT = "report, workbook and index of a month with {size:,} targets, 36 months of history"
DISTRICT = Figure(
    "snapshot-300-targets",
    _WHAT,
    "drawing its charts with Vega, and nothing else",
    (Limit("seconds", 10),),
)
PROVINCE = Figure("snapshot-3000-targets", _WHAT, "the same with the targets above", (Limit("seconds", 60),))
FIGURES = (DISTRICT, PROVINCE)
_EDITIONS = 36


def measurements(scale: Scale) -> Iterator[Measurement]:
    """Measure on the real plan two and twelve times over, at least 300 and 3,000 targets; less on a trial."""
    month = homes.TRIAL if scale.is_trial else Period(2025, 12)
    times = (1, 2) if scale.is_trial else (2, 12)
    with _checked(month, times[0]) as district, _checked(month, times[1]) as province:
        _publish(district, month)
        charted = month_of(_marts(district, month))
        small = partial(_write, district, _marts(district, month))
        large = partial(_write, district, _marts(province, month))
        yield measure(DISTRICT, _targets(district), small, lambda _: cards_of(charted), scale)
        yield measure(PROVINCE, _targets(province), large, small, scale)


@contextmanager
def _checked(month: Period, times: int) -> Iterator[Settings]:
    """Give a home with so many times the plan's indicators, its month built and checked."""
    with tempfile.TemporaryDirectory() as folder:
        plan = write_plan(Path(folder) / "plan", indicators=times)
        with homes.temporary_home(plan, month, (progress.build, gate.check)) as settings:
            yield settings


def _publish(settings: Settings, month: Period) -> None:
    """Publish the month, and let copies of it stand in for those before, which the index lists too."""
    edition = editions.publish(settings, month, "样例审批人", "样例")
    for number in range(1, _EDITIONS):
        shutil.copytree(edition.path, settings.editions / str(month + -number) / "r1")


def _write(indexed: Settings, marts: Path, _run: int) -> None:
    """Write a month's report and workbook, and the index of the home that has the editions."""
    month = month_of(marts)
    with tempfile.TemporaryDirectory() as folder:
        report.write(month, f"{month.period}/r1", report.Past(), Path(folder))
        (Path(folder) / WORKBOOK).write_bytes(workbook_of(month, f"{month.period}/r1"))
    index.write(indexed)


def _marts(settings: Settings, month: Period) -> Path:
    return progress.candidate_of(settings, month).marts


def _targets(settings: Settings) -> int:
    with (settings.plan / "targets.csv").open(encoding="utf-8", newline="") as stream:
        return len(list(csv.DictReader(stream)))
