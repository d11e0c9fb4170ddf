"""What every bench gives, whatever it measures: its figures, each beside its peer, at sizes that grow."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from benchmarks.measure import Measurement, Scale
from benchmarks.registry import SUBJECTS, can_measure, figures, figures_of

CURVES = [("intake", "intake-growth"), ("build", "build-growth")]
# The DAG's bench starts an Airflow: test_dag.py.
BENCHES = [pytest.param(name, marks=pytest.mark.slow) for name in SUBJECTS if name != "dag"]
Measured = Callable[[str], list[Measurement]]


@pytest.mark.parametrize("subject", BENCHES)
def test_a_bench_gives_each_of_its_figures_and_no_other(subject: str, measured: Measured) -> None:
    given = {measurement.figure for measurement in measured(subject)}

    assert given == {figure.name for figure in figures_of(subject) if can_measure(figure)}


@pytest.mark.parametrize("subject", BENCHES)
def test_each_way_was_run_and_took_time(subject: str, measured: Measured) -> None:
    runs = [run for one in measured(subject) for run in (*one.ours, *one.theirs)]

    assert all(run.seconds > 0 for run in runs)
    assert all(len(one.ours) == len(one.theirs) == 1 and one.size > 0 for one in measured(subject))


@pytest.mark.slow
@pytest.mark.parametrize(("subject", "figure"), CURVES)
def test_a_growth_curve_has_three_sizes_each_ten_times_the_last(
    subject: str, figure: str, measured: Measured
) -> None:
    sizes = [one.size for one in measured(subject) if one.figure == figure]

    assert len(sizes) == 3
    assert all(large == 10 * small for small, large in pairwise(sizes))


@pytest.mark.slow
@pytest.mark.parametrize(("subject", "figure"), CURVES)
def test_the_memory_of_what_grows_is_measured_on_both_sides(
    subject: str, figure: str, measured: Measured
) -> None:
    points = [one for one in measured(subject) if one.figure == figure]

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
        ("build", "ratio", 1.5),
        ("build-late-month", "ratio", 1.3),
        ("snapshot-300-targets", "seconds", 10),
        ("snapshot-3000-targets", "seconds", 60),
        ("dag", "ratio", 3),
    }


def test_each_pair_runs_five_times_unless_a_caller_says_otherwise() -> None:
    assert Scale().runs == 5
