"""How two ways are timed: in turn, each with its number, in a process of its own where memory is asked."""

from __future__ import annotations

import time
from statistics import StatisticsError

import pytest

from benchmarks.measure import Figure, Limit, Measurement, Run, Scale, alone, here, measure

FIGURE = Figure("something", "something with {size}", "something else")
MEBIBYTES = 64


def hold_memory(_run: int) -> None:
    """Hold some memory for a moment; a function of a module, so that another process can be given it."""
    assert len(bytearray(MEBIBYTES * 2**20)) > 0


def hold_nothing(_run: int) -> None:
    """Return at once."""


def measured(ours: list[float], theirs: list[float], gibibytes: float | None = None) -> Measurement:
    return Measurement(
        "something", 1, [Run(one, one, gibibytes) for one in ours], [Run(one, one) for one in theirs]
    )


def test_the_two_ways_are_run_in_turn_each_with_the_number_of_the_run() -> None:
    seen: list[tuple[str, int]] = []

    measure(
        FIGURE,
        1,
        lambda run: seen.append(("ours", run)),
        lambda run: seen.append(("theirs", run)),
        Scale(runs=2),
    )

    assert seen == [("ours", 0), ("theirs", 0), ("ours", 1), ("theirs", 1)]


def test_the_clock_runs_while_work_sleeps_and_the_processor_does_not() -> None:
    run = here(lambda _: time.sleep(0.2), 0)

    assert run.seconds >= 0.2
    assert run.processor_seconds < run.seconds


@pytest.mark.slow
def test_the_peak_memory_is_that_of_the_work_alone() -> None:
    held = [bytearray(4 * MEBIBYTES * 2**20)]  # what this process holds counts for neither

    more, less = alone(hold_memory, 0), alone(hold_nothing, 0)

    assert held
    assert more.gibibytes is not None
    assert less.gibibytes is not None
    assert MEBIBYTES / 2 < 1024 * (more.gibibytes - less.gibibytes) < 2 * MEBIBYTES


def test_a_ratio_is_that_of_one_pair_of_runs_and_its_median_of_them_all() -> None:
    measurement = measured([2.0, 9.0, 4.0], [1.0, 3.0, 1.0])

    assert measurement.ratios == [2.0, 3.0, 4.0]
    assert measurement.median_of("ratio") == 3.0


@pytest.mark.parametrize(
    ("limit", "is_kept"),
    [
        (Limit("ratio", 2.0), True),
        (Limit("ratio", 1.9), False),
        (Limit("seconds", 4.0), True),
        (Limit("seconds", 3.9), False),
        (Limit("gibibytes", 0.5), True),
        (Limit("gibibytes", 0.4), False),
    ],
)
def test_a_limit_is_kept_up_to_and_with_what_was_agreed(limit: Limit, is_kept: bool) -> None:
    measurement = measured([4.0], [2.0], gibibytes=0.5)

    assert measurement.keeps(limit) is is_kept


def test_a_limit_of_memory_cannot_be_kept_by_a_run_whose_memory_was_not_measured() -> None:
    with pytest.raises(StatisticsError):
        measured([4.0], [2.0]).keeps(Limit("gibibytes", 2.0))


def test_a_scale_makes_no_input_empty() -> None:
    assert Scale(size=0.001).of(100) == 1
    assert Scale(size=0.1).of(10_000) == 1000
