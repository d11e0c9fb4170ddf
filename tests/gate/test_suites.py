"""The gate fails closed: a suite that is missing, blind or makes no sense lets no month through."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import MONTH, in_a_copy
from tests.gate.conftest import held_back_by, with_own_suites
from warehouse import gate
from warehouse.errors import MinshengError
from warehouse.gate import GateReport
from warehouse.gate.results import complete
from warehouse.gate.suites import Expectation, load_suites
from warehouse.settings import PROJECT, Settings


@pytest.fixture(scope="module")
def weakened(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> GateReport:
    """The report on a sound month, by suites of which each is weakened in another way."""
    folder = tmp_path_factory.mktemp("weakened")
    settings = with_own_suites(in_a_copy(built_home, folder / "home"), folder / "expectations")
    progress = settings.suites / "indicator_progress.yml"
    progress.write_text(
        progress.read_text().replace("where actual_value is null", "where no_such_column is null")
    )
    (settings.suites / "targets.yml").unlink()
    canary = settings.suites / "canary.yml"
    before, _, _ = canary.read_text().partition("  - id: query_sees_bad_rows")
    canary.write_text(before.replace("(null, -1)", "('c', -1)"))
    return gate.check(settings, MONTH)


def known_statuses() -> set[str]:
    """Return the statuses of the vocabulary."""
    with (PROJECT / "dbt_project" / "seeds" / "statuses.csv").open(encoding="utf-8") as stream:
        return {row["status"] for row in csv.DictReader(stream)}


def expectation_of(suite: str, name: str) -> Expectation:
    suites = {one.name: one for one in load_suites(PROJECT / "expectations")}
    return next(one for one in suites[suite].expectations if one.id == name)


def test_the_statuses_that_the_gate_knows_are_those_of_the_vocabulary() -> None:
    known = expectation_of("indicator_progress", "status_is_known").kwargs["value_set"]

    assert sorted(known) == sorted(known_statuses())


def test_the_roll_ups_are_added_up_over_every_status() -> None:
    query = expectation_of("commitment_progress", "statuses_add_up").kwargs["unexpected_rows_query"]

    assert known_statuses() - set(re.findall(r"\w+", query)) == set()


@pytest.mark.slow
def test_every_weakness_blocks_the_month_and_nothing_else_does(weakened: GateReport) -> None:
    assert weakened.verdict == "blocked"
    assert len(held_back_by(weakened)) == 5


@pytest.mark.slow
def test_an_expectation_that_cannot_be_tried_blocks_the_month(weakened: GateReport) -> None:
    assert held_back_by(weakened)["indicator_progress.absence_has_no_figure_made_up"] == "error"


@pytest.mark.slow
def test_a_mart_that_no_suite_guards_blocks_the_month(weakened: GateReport) -> None:
    assert held_back_by(weakened)["targets.suite_is_there"] == "error"


@pytest.mark.slow
def test_a_canary_that_does_not_fail_blocks_the_month(weakened: GateReport) -> None:
    blind = {name: outcome for name, outcome in held_back_by(weakened).items() if "not_null" in name}

    assert blind == {
        "canary.not_null_sees_a_null": "error",
        "canary.not_null_sees_a_null_among_some_rows": "error",
    }


@pytest.mark.slow
def test_a_kind_of_expectation_without_a_canary_blocks_the_month(weakened: GateReport) -> None:
    assert held_back_by(weakened)["canary.no_canary_for_unexpected_rows_expectation"] == "error"


def test_an_expectation_of_the_file_that_was_not_run_counts_as_an_error() -> None:
    (suite, *_) = load_suites(PROJECT / "expectations")

    results = complete(suite, [])

    assert {one.outcome for one in results} == {"error"}
    assert len(results) == len(suite.expectations)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("severity: critical", "severity: fatal"), ("kwargs:", "arguments:"), ("query:", "table:")],
)
def test_a_suite_that_makes_no_sense_is_one_plain_sentence(tmp_path: Path, right: str, wrong: str) -> None:
    for name in ("areas.yml", "canary.yml"):
        shutil.copy(PROJECT / "expectations" / name, tmp_path)
    suite = tmp_path / "areas.yml"
    suite.write_text(suite.read_text().replace(right, wrong, 1))

    with pytest.raises(MinshengError, match=r"areas\.yml"):
        load_suites(tmp_path)


def test_a_month_that_was_not_built_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MinshengError, match="minsheng build --period 2023-01"):
        gate.check(Settings(home=tmp_path), MONTH + -11)
