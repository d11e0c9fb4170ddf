"""Timing two ways of doing a thing in turn, so that a machine that slows down slows both."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Literal

from warehouse.logs import keep_quiet

Work = Callable[[int], object]
"""What is timed; it gets the number of the run, to work on inputs of its own."""
Quantity = Literal["ratio", "seconds", "gibibytes"]
_LEAST_JUDGED = 0.1
_KIBIBYTES_IN_A_GIBIBYTE = 2**20
NO_BAR = "set enable_progress_bar = false"
"""DuckDB's own bar would be written into the table of results."""


@dataclass(frozen=True)
class Limit:
    """What was agreed: the median of a quantity of our way is at most so much."""

    of: Quantity
    at_most: float


@dataclass(frozen=True)
class Figure:
    """One thing that is measured, and what it is held against; several sizes of it make a curve."""

    name: str
    """What documents and results call it: `intake-one-csv`."""
    what: str
    """Our way, in words; `{size:,}` stands where the size belongs."""
    peer: str
    """The other way, which does less and checks less: the limit of what is possible, or a rival."""
    limits: tuple[Limit, ...] = ()
    needs: str = ""
    """A package that is not in the lock file; without it the figure stays unmeasured, as the page says."""


@dataclass(frozen=True)
class Scale:
    """How large the inputs are, as a part of the sizes that were agreed, and how often each pair is run."""

    size: float = 1.0
    runs: int = 5
    start: Literal["spawn", "forkserver"] = "spawn"
    """How a process of its own starts: a forked one is there at once, but its peak is also its server's."""

    @property
    def is_trial(self) -> bool:
        """Whether the inputs are too small for the limits, which were agreed for the whole size."""
        return self.size < _LEAST_JUDGED

    def of(self, number: int) -> int:
        """Return this part of a number of things, at least one."""
        return max(1, round(self.size * number))

    def alone(self, work: Work, number: int) -> Run:
        """Run the work in a process of its own."""
        return alone(work, number, self.start)


@dataclass(frozen=True)
class Run:
    """One way, once: seconds by the clock, seconds of all processors together, and the peak memory.

    The peak is None where the run had no process of its own.
    """

    seconds: float
    processor_seconds: float
    gibibytes: float | None = None


@dataclass(frozen=True)
class Measurement:
    """A figure at one size: our way and the other one, run by run."""

    figure: str
    size: int
    ours: list[Run]
    theirs: list[Run]

    @property
    def ratios(self) -> list[float]:
        """How many times the other way's time ours took, in each pair of runs."""
        return [one.seconds / other.seconds for one, other in zip(self.ours, self.theirs, strict=True)]

    def median_of(self, quantity: Quantity) -> float:
        """Return the median of a quantity of our way."""
        if quantity == "ratio":
            return median(self.ratios)
        if quantity == "seconds":
            return median(run.seconds for run in self.ours)
        return median(run.gibibytes for run in self.ours if run.gibibytes is not None)

    def keeps(self, limit: Limit) -> bool:
        """Tell whether the median stays within the limit."""
        return self.median_of(limit.of) <= limit.at_most


def measure(
    figure: Figure,
    size: int,
    ours: Work,
    theirs: Work,
    scale: Scale,
    by: Callable[[Work, int], Run] | None = None,
) -> Measurement:
    """Run `ours` and `theirs` in turn, in this process or as `by` runs them."""
    run = by or here
    pairs = [(run(ours, number), run(theirs, number)) for number in range(scale.runs)]
    return Measurement(figure.name, size, [pair[0] for pair in pairs], [pair[1] for pair in pairs])


def here(work: Work, number: int) -> Run:
    """Run the work in this process."""
    begin, processor = time.perf_counter(), processor_seconds()
    work(number)
    return Run(time.perf_counter() - begin, processor_seconds() - processor)


def alone(work: Work, number: int, start: Literal["spawn", "forkserver"] = "spawn") -> Run:
    """Run the work in a fresh process, whose start is not timed, so that its peak memory is its own.

    The work has to be one that can be sent to another process: a function of a module, or a `partial` of one.
    """
    with ProcessPoolExecutor(1, mp_context=get_context(start), initializer=keep_quiet) as pool:
        return pool.submit(_with_memory, work, number).result()


def _with_memory(work: Work, number: int) -> Run:
    return replace(here(work, number), gibibytes=peak_gibibytes())


def peak_gibibytes() -> float:
    """Return the most memory that this program held so far, as Linux keeps it."""
    # The system's `getrusage` would count what the parent held before this program was loaded.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak) / _KIBIBYTES_IN_A_GIBIBYTE


def processor_seconds() -> float:
    """Return the processor time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
