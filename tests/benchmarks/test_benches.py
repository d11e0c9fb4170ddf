"""What every bench gives, whatever it measures: its figures, each beside its peer, at sizes that grow."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from benchmarks.measure import Measurement, Scale
from benchmarks.registry import SUBJECTS, can_measure, figures, figures_of

TRIAL = Scale(size=0.001, runs=1, start="forkserver")
AT_SIZE = Scale(size=0.1, runs=1)
CURVES = [("intake", "intake-growth"), ("build", "build-growth")]
Measured = Callable[[str, Scale], list[Measurement]]


def tried_and_at_size(*names: str) -> list[Any]:
    """Return a bench, by its names, as parameters of a test: tried in every run, at size in the long one."""
    is_dag = names[0] == "dag"
    at_size = [pytest.mark.long, pytest.mark.timeout(0), *([pytest.mark.airflow] if is_dag else [])]
    known_as = "-".join(names)
    # test_dag.py tries the DAG's bench, with an Airflow that is none.
    tried = [] if is_dag else [pytest.param(*names, TRIAL, id=known_as)]
    return [*tried, pytest.param(*names, AT_SIZE, id=f"{known_as} at size", marks=at_size)]


BENCHES = pytest.mark.parametrize(
    ("subject", "scale"), [one for subject in SUBJECTS for one in tried_and_at_size(subject)]
)
GROWING = pytest.mark.parametrize(
    ("subject", "figure", "scale"), [one for curve in CURVES for one in tried_and_at_size(*curve)]
)


@pytest.mark.slow
@BENCHES
def test_a_bench_gives_each_of_its_figures_and_no_other(
    subject: str, scale: Scale, measured: Measured
) -> None:
    given = {measurement.figure for measurement in measured(subject, scale)}

    assert given == {figure.name for figure in figures_of(subject) if can_measure(figure)}


@pytest.mark.slow
@BENCHES
def test_each_way_was_run_and_took_time(subject: str, scale: Scale, measured: Measured) -> None:
    found = measured(subject, scale)

    assert all(run.seconds > 0 for one in found for run in (*one.ours, *one.theirs))
    assert all(len(one.ours) == len(one.theirs) == 1 and one.size > 0 for one in found)


@pytest.mark.slow
@GROWING
def test_a_growth_curve_has_three_sizes_each_ten_times_the_last(
    subject: str, figure: str, scale: Scale, measured: Measured
) -> None:
    sizes = [one.size for one in measured(subject, scale) if one.figure == figure]

    assert len(sizes) == 3
    assert all(large == 10 * small for small, large in pairwise(sizes))


@pytest.mark.slow
@GROWING
def test_the_memory_of_what_grows_is_measured_on_both_sides(
    subject: str, figure: str, scale: Scale, measured: Measured
) -> None:
    points = [one for one in measured(subject, scale) if one.figure == figure]

    assert all(run.gibibytes and run.gibibytes > 0 for one in points for run in (*one.ours, *one.theirs))


def test_no_two_figures_share_a_name() -> None:
    names = [figure.name for subject in SUBJECTS for figure in figures_of(subject)]

    assert sorted(names) == sorted(set(names))


def test_every_figure_stands_beside_something() -> None:
    assert [figure.name for figure in figures().values() if not figure.peer or not figure.what] == []


def test_the_limits_are_those_that_were_agreed() -> None:
    agreed = {
        (figure.name, limit.of, limit.at_most) for figure in figures().values() for limit in figure.limits
    }

    assert agreed == {
        ("intake-one-csv", "ratio", 2),
        ("intake-one-csv", "gibibytes", 2),
        ("intake-many-files", "ratio", 3),
        ("intake-workbook", "ratio", 1.5),
        ("build", "ratio", 5),
        ("build", "gibibytes", 4),
        ("build-by-dbt", "ratio", 1.5),
        ("build-late-month", "ratio", 1.3),
        ("snapshot-300-targets", "seconds", 10),
        ("snapshot-3000-targets", "seconds", 60),
        ("dag", "ratio", 3),
    }


def test_each_pair_runs_five_times_in_processes_of_their_own_unless_a_caller_says_otherwise() -> None:
    assert (Scale().runs, Scale().start) == (5, "spawn")
