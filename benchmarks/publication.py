"""A publication beside a synced copy of the files that it makes: what an edition costs beyond its bytes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import homes
from benchmarks.measure import Figure, Measurement, Scale, measure
from warehouse import durable, editions, gate, progress
from warehouse.periods import Period
from warehouse.published import newest_of
from warehouse.settings import Settings

PUBLICATION = Figure(
    "publication",
    "publishing a month, all of it but the printed report, in {size} files",
    "copying the same files, synced",
)
FIGURES = (PUBLICATION,)


def measurements(scale: Scale) -> Iterator[Measurement]:
    """Measure on the real plan's samples: a month of its own for each run."""
    first = homes.TRIAL if scale.is_trial else Period(2024, 1)
    last, steps = first + (scale.runs - 1), (progress.build, gate.check)
    with homes.temporary_home(through=last, steps=steps, months=scale.runs) as settings:
        measurement = measure(
            PUBLICATION,
            0,
            lambda number: editions.publish(settings, first + number, "样例审批人", "样例"),
            lambda number: _copied(settings, first + number),
            scale,
        )
        yield replace(measurement, size=len(_files(_edition(settings, first))))


def _copied(settings: Settings, month: Period) -> None:
    """Copy the edition that was just published, and sync it as a publication does."""
    copy = settings.home / f"copy-{month}"
    shutil.copytree(_edition(settings, month), copy)
    for path in copy.rglob("*"):
        durable.sync(path)
    durable.sync(copy)


def _edition(settings: Settings, month: Period) -> Path:
    edition = newest_of(settings, str(month))
    if edition is None:
        raise RuntimeError(f"{month} was not published")
    return edition.path


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
