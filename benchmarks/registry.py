"""The list of benches: a new one is a module with `FIGURES` and `measurements`, and its name here."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from benchmarks.measure import Figure, Measurement, Scale

SUBJECTS = ("intake", "build", "gate", "publication", "snapshot", "dag")


def figures_of(subject: str) -> tuple[Figure, ...]:
    """Return what a bench measures, in the order of the page."""
    figures: tuple[Figure, ...] = import_module(f"benchmarks.{subject}").FIGURES
    return figures


def figures() -> dict[str, Figure]:
    """Return every figure by its name."""
    return {figure.name: figure for subject in SUBJECTS for figure in figures_of(subject)}


def measurements_of(subject: str, scale: Scale) -> Iterator[Measurement]:
    """Run a bench; yields each measurement as it is done."""
    found: Iterator[Measurement] = import_module(f"benchmarks.{subject}").measurements(scale)
    return found


def can_measure(figure: Figure) -> bool:
    """Tell whether what the figure needs beside the lock file is installed."""
    return not figure.needs or find_spec(figure.needs) is not None
