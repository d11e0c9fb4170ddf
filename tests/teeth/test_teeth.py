"""The planted faults can be planted, and the runner tells a fault that is caught from one that is not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.teeth import coverage_map, mutants
from tests.teeth.comparison import compared
from tests.teeth.copies import Copy
from tests.teeth.coverage_map import CoverageMap
from tests.teeth.covering import Suite, entry_of
from tests.teeth.mutants import GoneError, Mutant
from tests.teeth.results import Result
from tests.teeth.trial import Bench
from warehouse.settings import PROJECT


def test_every_fault_can_be_planted_in_the_code_as_it_stands() -> None:
    at_fault = {}
    for mutant in mutants.every():
        text = (PROJECT / mutant.path).read_text(encoding="utf-8")
        try:
            is_planted = mutant.planted_in(text) != text
        except GoneError as error:
            is_planted = False
            at_fault[mutant.id] = str(error)
        if is_planted is bool(mutant.gone):
            at_fault.setdefault(mutant.id, f"gone: {mutant.gone!r}, but it is planted: {is_planted}")
        elif mutant.gone:
            del at_fault[mutant.id]

    assert at_fault == {}


def test_the_sample_is_of_sixty_faults_or_more_over_all_areas() -> None:
    rules = yaml.safe_load(Path(__file__).with_name("sampling.yml").read_text(encoding="utf-8"))
    asked = {area["area"]: area["mutants"] for area in rules["areas"]}

    there = Counter(mutant.area for mutant in mutants.sampled() if not mutant.gone)

    assert there.total() >= 60
    assert there.keys() == asked.keys()


def test_the_faults_by_hand_are_25_or_more_and_each_says_what_it_does() -> None:
    by_hand = mutants.by_hand()

    assert sum(mutant.path.endswith(".sql") for mutant in by_hand) >= 25
    assert [mutant.id for mutant in by_hand if not mutant.says.endswith(".")] == []


def test_of_every_fault_by_hand_it_is_said_which_tests_cover_it() -> None:
    entries = [entry_of(mutant.path) for mutant in mutants.by_hand()]

    named = {name for entry in entries for name in (*entry["modules"], *entry.get("folders", []))}
    assert sorted(name for name in named if not (PROJECT / name).exists()) == []


def test_no_fault_is_named_twice() -> None:
    assert [id_ for id_, times in Counter(one.id for one in mutants.every()).items() if times > 1] == []


SUMS = """\
def doubled(number: int) -> int:
    return number + number


def halved(number: int) -> int:
    return number // 2


def tripled(number: int) -> int:
    return number * 3
"""

TESTS = """\
from warehouse.sums import doubled, halved


def test_twice_three_is_six():
    assert doubled(3) == 6


def test_half_of_nothing_is_nothing():
    assert halved(0) == 0
"""


def fault(name: str, find: str, replace: str) -> Mutant:
    return Mutant(name, "sums", "warehouse/sums.py", find, replace)


CAUGHT = fault("caught", "number + number", "number - number")
SURVIVOR = fault("survivor", "number // 2", "number // 3")
UNCOVERED = fault("uncovered", "number * 3", "number * 4")
BROKEN = fault("broken", "def halved(number: int)", "def halved(number: integer)")
GONE = fault("gone", "number ** 2", "number ** 3")


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """What became of some faults of a made-up package with two tests."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name, text in {
        "warehouse/__init__.py": "",
        "warehouse/sums.py": SUMS,
        "tests/test_sums.py": TESTS,
    }.items():
        (checkout / name).parent.mkdir(exist_ok=True)
        (checkout / name).write_text(text, encoding="utf-8")
    (checkout / "pytest.ini").write_text(
        "[pytest]\nmarkers =\n  airflow\n  browser\n  services\n  long\n", "utf-8"
    )
    folder = tmp_path_factory.mktemp("map")
    coverage_map.make(checkout, folder)
    with Copy.of(checkout) as copy:
        bench = Bench(copy, Suite(checkout, CoverageMap(folder)), seconds=60)
        faults = (CAUGHT, SURVIVOR, UNCOVERED, BROKEN, GONE)
        return {one.id: bench.try_out(one) for one in faults}


@pytest.mark.slow
def test_a_fault_that_a_test_sees_is_caught_by_that_test(tried: dict[str, Result]) -> None:
    assert tried["caught"].outcome == "caught"
    assert tried["caught"].test == "tests/test_sums.py::test_twice_three_is_six"


@pytest.mark.slow
def test_a_fault_that_no_test_sees_survives_all_that_cover_it(tried: dict[str, Result]) -> None:
    assert tried["survivor"].outcome == "survived"
    assert (tried["survivor"].passed, tried["survivor"].covering) == (1, 1)


@pytest.mark.slow
def test_a_fault_is_told_apart_that_no_test_covers_that_stops_the_program_or_has_no_place(
    tried: dict[str, Result],
) -> None:
    assert {name: tried[name].outcome for name in ("uncovered", "broken", "gone")} == {
        "uncovered": "uncovered",
        "broken": "broken",
        "gone": "gone",
    }


@pytest.mark.slow
def test_two_runs_are_compared_by_area_and_the_faults_not_caught_are_named(tried: dict[str, Result]) -> None:
    after = tried | {
        "survivor": Result("survivor", "caught", test="tests/test_sums.py::test_half_of_six_is_three")
    }

    page = compared([CAUGHT, SURVIVOR], tried, after)

    assert "| sums | 2 | 1 | 2 |" in page
    assert "survived, 1 of 1 tests | caught by `test_half_of_six_is_three` |" in page
    assert "| caught |" not in page
