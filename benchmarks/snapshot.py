"""What people read of a month, report, workbook and index, beside the drawing of its charts alone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.homes import temporary_home
from benchmarks.measure import Figure, Limit, Measurement, Scale, measure
from benchmarks.plans import write_plan
from warehouse import editions, gate, progress
from warehouse.periods import Period
from warehouse.published import MARTS_FILE, Edition
from warehouse.settings import Settings
from warehouse.snapshot import index, report
from warehouse.snapshot.month import month_of
from warehouse.snapshot.report.contents import cards_of
from warehouse.snapshot.workbook import workbook_of

_WHAT = "report, workbook and index of a month with {size:,} targets, 36 months of history"
_PEER = "drawing its charts with Vega, and nothing else"
DISTRICT = Figure("snapshot-300-targets", _WHAT, _PEER, (Limit("seconds", 10),))
PROVINCE = Figure("snapshot-3000-targets", _WHAT, _PEER, (Limit("seconds", 60),))
FIGURES = (DISTRICT, PROVINCE)
_EDITIONS = 36


def measurements(scale: Scale) -> Iterator[Measurement]:
    """Measure on the real plan two times and twelve times over, which is at least 300 and 3,000 targets."""
    for figure, times in ((DISTRICT, 2), (PROVINCE, 12)):
        yield _measured(figure, scale.of(times) if scale.size < 0.1 else times, scale)


def _measured(figure: Figure, times: int, scale: Scale) -> Measurement:
    month = Period(2025, 12) if scale.size >= 0.1 else Period(2023, 11)
    with tempfile.TemporaryDirectory() as folder:
        plan = write_plan(Path(folder) / "plan", indicators=times)
        with temporary_home(plan, through=month) as settings:
            edition = _published(settings, month)
            marts = edition.path / MARTS_FILE
            charted = month_of(marts)
            return measure(
                figure,
                len((plan / "targets.csv").read_text(encoding="utf-8").splitlines()) - 1,
                lambda number: _written(settings, edition, Path(folder) / str(number)),
                lambda _: cards_of(charted),
                scale,
            )


def _published(settings: Settings, month: Period) -> Edition:
    """Publish the month, and stand copies of it in for the months before, which the index lists too."""
    progress.build(settings, month)
    gate.check(settings, month)
    edition = editions.publish(settings, month, "样例审批人", "样例")
    for number in range(1, _EDITIONS):
        shutil.copytree(edition.path, settings.editions / str(month + -number) / "r1")
    return edition


def _written(settings: Settings, edition: Edition, folder: Path) -> None:
    folder.mkdir()
    month = month_of(edition.path / MARTS_FILE)
    report.write(month, edition.name, None, [], folder)
    (folder / "workbook.xlsx").write_bytes(workbook_of(month, edition.name))
    index.write(settings)
