"""`make bench`: each figure as a ratio to its peer, measured in turn in one run, and kept for the page."""

from __future__ import annotations

import logging
import os
import sys

from benchmarks.machine import in_words, load, machine
from benchmarks.measure import Scale
from benchmarks.registry import SUBJECTS, can_measure, figures, figures_of, measurements_of
from benchmarks.results import Results, folder_of, write
from benchmarks.table import HEADER, row
from warehouse.clock import now
from warehouse.logs import keep_quiet
from warehouse.settings import Settings


def main(subjects: list[str]) -> None:
    """Run the benches named, or all of them, and print a table; SCALE=0.1 makes their inputs a tenth."""
    if unknown := sorted(set(subjects) - set(SUBJECTS)):
        raise SystemExit(f"There is no bench {', '.join(unknown)}: name some of {', '.join(SUBJECTS)}")
    keep_quiet()
    os.environ["MINSHENG_BROWSER"] = ""  # what a browser takes to print a report says nothing of the rest
    logging.disable(logging.INFO)  # Great Expectations tells of its own folders
    scale = Scale(float(os.environ.get("SCALE", "1")))
    print(f"{in_words(machine())}; SCALE={scale.size:g}\n\n{HEADER}", flush=True)
    for subject in subjects or SUBJECTS:
        run(subject, scale)
    for figure in figures().values():
        if not can_measure(figure):
            print(f"{figure.name}: not measured, {figure.needs} is not installed", flush=True)


def run(subject: str, scale: Scale) -> None:
    """Run one bench, print each of its rows, and keep its results."""
    known = {figure.name: figure for figure in figures_of(subject)}
    found = []
    for measurement in measurements_of(subject, scale):
        found.append(measurement)
        print(row(known[measurement.figure], measurement), flush=True)
    results = Results(subject, now().date().isoformat(), scale.size, machine(), load(), found)
    write(folder_of(Settings()), results)


if __name__ == "__main__":
    main(sys.argv[1:])
