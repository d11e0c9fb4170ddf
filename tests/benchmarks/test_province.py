"""The simulated province: the real commands on small sizes, and a page that holds what they gave."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import homes, province, province_page
from benchmarks.measure import Run
from benchmarks.province import AT_ONCE, DISTRICTS, SIZES, Districts, Month, Size
from tests.benchmarks.made_homes import MadeHomes
from warehouse.errors import MinshengError
from warehouse.settings import PROJECT

STEPS = {step: Run(2.0, 1.5) for step in province_page.STEPS}


def month(size: Size) -> Month:
    return Month(size, STEPS, 0.5, 1000, 5 * 2**20, 9 * 2**20)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A file of results of every size and every province that `make scaling` measures."""
    districts = [
        Districts(number, width, 30.0 * number, 20.0 * number, 2**20) for number in (1, 6) for width in (1, 2)
    ]
    province.keep(tmp_path, [month(size) for size in SIZES], districts)
    return tmp_path / province.FILE


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with a copy of the page."""
    (tmp_path / "docs" / "images").mkdir(parents=True)
    shutil.copy(PROJECT / "docs" / province_page.PAGE, tmp_path / "docs")
    return tmp_path / "docs"


@pytest.fixture(params=["made", pytest.param("fresh", marks=pytest.mark.long)])
def in_homes(request: pytest.FixtureRequest, made_homes: MadeHomes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Homes that are made already, or fresh ones."""
    if request.param == "made":
        monkeypatch.setattr(homes, "temporary_home", made_homes.temporary_home)


@pytest.mark.slow
@pytest.mark.usefixtures("in_homes")
def test_a_month_says_what_each_step_cost_and_left_behind() -> None:
    found = province.month(Size(months=2))

    assert set(found.steps) == set(province_page.STEPS)
    assert all(run.processor_seconds > 0 for run in found.steps.values())
    assert found.observations > 0
    assert found.edition_bytes > 0


def test_every_curve_has_three_sizes_and_the_smallest_is_in_all() -> None:
    months = [month(size) for size in SIZES]

    curves = [province_page.curve(months, name) for name in ("indicators", "areas", "months")]
    assert [len(curve) for curve in curves] == [3, 3, 3]
    assert all(curve[0].size == Size() for curve in curves)


@pytest.mark.slow
@pytest.mark.long
def test_districts_say_what_their_month_took() -> None:
    found = province.districts(1, at_once=1)

    assert found.seconds > 0
    assert found.bytes_a_home > 0


def test_districts_are_run_one_after_the_other_and_side_by_side() -> None:
    assert AT_ONCE == (1, 2)
    assert len(DISTRICTS) == 3


def test_the_page_has_a_row_for_each_size_and_each_province(results: Path, documents: Path) -> None:
    province_page.write(results, documents)

    text = (documents / province_page.PAGE).read_text(encoding="utf-8")
    assert text.count("\n| × ") == len(SIZES)
    assert "| 6 | 2 | 180 | 30.0 | 20.0 | 1.0 MiB |" in text


def test_what_is_extrapolated_is_said_to_be(results: Path, documents: Path) -> None:
    province_page.write(results, documents)

    text = (documents / province_page.PAGE).read_text(encoding="utf-8")
    assert "A hundred districts, extrapolated from 6: 33 minutes of one core" in text


def test_the_same_results_give_the_same_page_and_plots(results: Path, documents: Path) -> None:
    province_page.write(results, documents)
    first = {path: path.read_bytes() for path in documents.rglob("*") if path.is_file()}

    province_page.write(results, documents)

    assert {path: path.read_bytes() for path in documents.rglob("*") if path.is_file()} == first


def test_a_province_that_was_not_measured_is_an_error_that_says_what_to_run(documents: Path) -> None:
    with pytest.raises(MinshengError, match="make scaling"):
        province_page.write(documents / "nothing.json", documents)
