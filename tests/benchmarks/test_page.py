"""The page of results: whole, the same from the same results, plain about what is not kept or measured."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import page
from benchmarks.measure import Measurement, Run
from benchmarks.registry import SUBJECTS, figures, figures_of
from benchmarks.results import Results, read
from benchmarks.results import write as write_results
from warehouse.errors import MinshengError
from warehouse.settings import PROJECT

MACHINE = {"processor": "Some processor", "cores": "2 cores", "python": "Python 3.11"}
CURVES = {"intake-growth": (10, 100, 1000), "build-growth": (20, 200, 2000)}
NAME = re.compile(r"^\| `([a-z0-9-]+)`", re.MULTILINE)


def runs(*seconds: float) -> list[Run]:
    return [Run(one, one, gibibytes=0.5) for one in seconds]


def results_of(subject: str, *without: str) -> Results:
    measurements = [
        Measurement(figure.name, size, runs(2.0, 3.0, 4.0), runs(2.0, 2.0, 2.0))
        for figure in figures_of(subject)
        if figure.name not in without
        for size in CURVES.get(figure.name, (1000,))
    ]
    return Results(subject, "2026-01-02", 0.5, MACHINE, 2.4, measurements)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder with results of every bench: each figure took 1, 1.5 and 2 times what its peer took."""
    for subject in SUBJECTS:
        write_results(tmp_path / "bench", results_of(subject))
    return tmp_path / "bench"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with a copy of the page."""
    (tmp_path / "docs" / "images").mkdir(parents=True)
    shutil.copy(PROJECT / "docs" / page.PAGE, tmp_path / "docs")
    return tmp_path / "docs"


def written(results: Path, documents: Path) -> str:
    page.write(results, documents)
    return (documents / page.PAGE).read_text(encoding="utf-8")


def test_results_read_back_as_they_were_written(tmp_path: Path) -> None:
    results = results_of("intake")

    write_results(tmp_path, results)

    assert read(tmp_path, "intake") == results


def test_the_page_has_a_row_for_each_figure_and_size(results: Path, documents: Path) -> None:
    text = written(results, documents)

    expected = [name for name in figures() for _ in CURVES.get(name, (1000,))]
    assert sorted(NAME.findall(text)) == sorted(expected)


def test_a_row_gives_median_and_spread_of_both_sides(results: Path, documents: Path) -> None:
    (row,) = (line for line in written(results, documents).splitlines() if line.startswith("| `gate`"))

    assert "3 s (2 to 4)" in row
    assert "1.50 (1.00 to 2.00) | 3 |" in row


def test_the_page_names_the_machine_the_day_and_the_scale(results: Path, documents: Path) -> None:
    text = written(results, documents)

    assert (
        "Some processor, 2 cores, Python 3.11; measured on 2026-01-02 with SCALE=0.5, load average up to 2"
        in text
    )


def test_a_limit_that_is_not_kept_is_said_in_words(results: Path, documents: Path) -> None:
    text = written(results, documents)

    assert "- Not kept: `build-late-month` with 1,000, 1.5 times against at most 1.3 times." in text


def test_a_limit_that_is_kept_just_so_is_kept(results: Path, documents: Path) -> None:
    assert "Not kept: `build` " not in written(results, documents)


def test_what_was_far_smaller_than_agreed_is_not_judged(results: Path, documents: Path) -> None:
    write_results(results, replace(results_of("build"), size=0.01))

    text = written(results, documents)

    (row,) = (line for line in text.splitlines() if line.startswith("| `build-late-month`"))
    assert row.endswith("| ≤ 1.3 times |  |")
    assert "Not kept: `build-late-month`" not in text
    assert "- Not judged: build, whose inputs were far smaller than agreed." in text


def test_what_could_not_be_measured_has_a_row_that_says_why(results: Path, documents: Path) -> None:
    write_results(results, results_of("intake", "peer-dlt"))

    assert "| `peer-dlt` | not measured: dlt is not installed |" in written(results, documents)


def test_a_bench_without_results_is_an_error_that_says_what_to_run(results: Path, documents: Path) -> None:
    (results / "dag.json").unlink()

    with pytest.raises(MinshengError, match="make bench ONLY=dag"):
        page.write(results, documents)


def test_the_same_results_give_the_same_page_and_plots(results: Path, documents: Path) -> None:
    page.write(results, documents)
    first = {path: path.read_bytes() for path in documents.rglob("*") if path.is_file()}

    page.write(results, documents)

    assert {path: path.read_bytes() for path in documents.rglob("*") if path.is_file()} == first


def test_the_plots_show_every_ratio_and_every_curve(results: Path, documents: Path) -> None:
    page.write(results, documents)

    ratios = (documents / "images" / "performance-ratios.svg").read_text(encoding="utf-8")
    assert [name for name in figures() if name not in CURVES and f">{name}<" not in ratios] == []
    assert {path.stem for path in (documents / "images").iterdir()} == {
        "performance-ratios",
        *(f"performance-{name}" for name in CURVES),
    }


def test_the_published_page_names_the_figures_of_the_registry() -> None:
    text = (PROJECT / "docs" / page.PAGE).read_text(encoding="utf-8")

    assert set(NAME.findall(text)) == set(figures())


def test_the_published_page_shows_plots_that_are_there() -> None:
    text = (PROJECT / "docs" / page.PAGE).read_text(encoding="utf-8")

    plots = re.findall(r"images/(performance-[a-z-]+\.svg)", text)
    assert len(plots) == 1 + len(CURVES)
    assert [name for name in plots if not (PROJECT / "docs" / "images" / name).exists()] == []
