"""Timing two ways of doing a thing in turn, so that a machine that slows down slows both."""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

RUNS = 5
HEADER = """| what | ours | beside | its time | ratio | spread |
| --- | --- | --- | --- | --- | --- |"""


@dataclass(frozen=True)
class Measurement:
    """Seconds of our way and of the limit beside it, run by run."""

    name: str
    limit: str
    ours: list[float]
    limits: list[float]

    @property
    def ratios(self) -> list[float]:
        """How many times the limit our way took, in each pair of runs."""
        return [one / other for one, other in zip(self.ours, self.limits, strict=True)]

    def row(self) -> str:
        """Return the measurement as a row of a Markdown table: medians, and the spread of the ratio."""
        ratios = self.ratios
        return (
            f"| {self.name} | {statistics.median(self.ours):.2f} s | {self.limit} | "
            f"{statistics.median(self.limits):.2f} s | {statistics.median(ratios):.2f} | "
            f"{min(ratios):.2f} to {max(ratios):.2f} |"
        )


def measure(
    name: str, limit: str, ours: Callable[[int], object], theirs: Callable[[int], object], runs: int = RUNS
) -> Measurement:
    """Time `ours` and `theirs` in turn; each gets the number of the run, to work on inputs of its own."""
    pairs = [(_seconds(ours, run), _seconds(theirs, run)) for run in range(runs)]
    return Measurement(name, limit, [pair[0] for pair in pairs], [pair[1] for pair in pairs])


def machine() -> str:
    """Name the machine that the figures are from."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{model}, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def _seconds(work: Callable[[int], object], run: int) -> float:
    begin = time.perf_counter()
    work(run)
    return time.perf_counter() - begin
