"""Small inputs that were once judged wrongly, through intake (`cases/NAME`: a plan and its files)."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.progress.compiled import CompiledProject
from warehouse import home, intake, progress, rulings
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

CASES = Path(__file__).with_name("cases")
LONG_AGO = 1_700_000_000


@dataclass(frozen=True)
class Case:
    """The home of one case, with its files taken in, in the order of their names."""

    settings: Settings
    project: CompiledProject

    def send(self, organization: str, file: Path) -> None:
        """Drop a file into an organization's inbox, and take it in."""
        copy = self.settings.inbox / organization / file.name
        shutil.copyfile(file, copy)
        os.utime(copy, (LONG_AGO, LONG_AGO))
        intake.take_in(self.settings)

    def build(self, period: str) -> None:
        """Build a month's marts."""
        self.project.build(self.settings, Period.parse(period))

    def rows(self, period: str, query: str) -> list[dict[str, Any]]:
        """Ask the marts of a month."""
        marts = progress.candidate_of(self.settings, Period.parse(period)).marts
        with duckdb.connect(str(marts), read_only=True) as connection:
            result = connection.execute(query)
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def target(self, period: str, code: str) -> dict[str, Any]:
        """Build a month, and return what it says of one target."""
        self.build(period)
        (row,) = self.rows(period, f"from marts.indicator_progress where target_code = '{code}'")
        return row


def opened(tmp_path: Path, project: CompiledProject, plan: Path) -> Case:
    settings = Settings(home=tmp_path / "home", plan=plan)
    home.initialise(settings)
    return Case(settings, project)


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path, compiled: CompiledProject) -> Case:
    """The case that the test names, with its files sent by D1."""
    folder = CASES / request.param
    opened_case = opened(tmp_path, compiled, folder / "plan")
    for file in sorted(folder.glob("*.csv")):
        opened_case.send("D1", file)
    return opened_case


def test_levels_that_fall_or_stand_still_are_far_behind_and_a_broken_cap_is_behind(
    tmp_path: Path, compiled: CompiledProject
) -> None:
    district = opened(tmp_path, compiled, PROJECT / "seeds")
    for file in sorted((CASES / "04").glob("*.csv")):
        # The water bureau answers for the supply of tap water.
        district.send("WATER" if file.stem == "AGRICULTURE" else file.stem, file)

    district.build("2025-11")

    judged = district.rows(
        "2025-11",
        "select target_code, status, light, way_gone_pct from marts.indicator_progress where target_code in "
        "('G06-02', 'T17-01', 'T34-03', 'T35-05', 'T36-03') order by target_code",
    )
    assert [tuple(row.values()) for row in judged] == [
        ("G06-02", "far_behind", "red", Decimal("-25")),
        ("T17-01", "far_behind", "red", Decimal("0")),
        ("T34-03", "behind", "yellow", None),
        ("T35-05", "far_behind", "red", Decimal("-13.59")),
        ("T36-03", "far_behind", "red", Decimal("0")),
    ]


@pytest.mark.parametrize("case", ["01"], indirect=True)
def test_a_series_that_looks_like_totals_waits_for_a_ruling_and_then_counts_as_such(case: Case) -> None:
    waiting = case.target("2024-05", "T01-01")
    rulings.rule(
        case.settings,
        "cumulative",
        "A/888800/2024",
        rulings.Decision("totals", "示例数据员", "部门确认是累计数"),
    )

    decided = case.target("2024-05", "T01-01")

    assert (waiting["status"], waiting["actual_value"]) == ("not_reported", None)
    assert (decided["status"], decided["actual_value"]) == ("on_track", 55)


@pytest.mark.parametrize("case", ["01"], indirect=True)
def test_a_series_that_was_ruled_to_be_of_months_counts_as_it_is(case: Case) -> None:
    rulings.rule(
        case.settings, "cumulative", "A/888800/2024", rulings.Decision("months", "示例数据员", "确是各月数")
    )

    assert case.target("2024-05", "T01-01")["actual_value"] == 161


@pytest.mark.parametrize("case", ["02"], indirect=True)
def test_a_unit_in_a_heading_or_above_it_is_read(case: Case) -> None:
    case.build("2024-01")

    values = case.rows(
        "2024-01", "select value from marts.indicator_monthly order by indicator_code, area_code"
    )
    assert [row["value"] for row in values] == [350000]


@pytest.mark.parametrize("case", ["05"], indirect=True)
def test_an_opening_leaves_the_months_that_were_reported(case: Case) -> None:
    found = case.target("2024-03", "T03-01")

    assert (found["actual_value"], "缺报" in found["note"]) == (500, False)
    assert case.target("2024-03", "T04-01")["status"] == "exceeded"
    months = case.rows(
        "2024-03",
        "select period, value from marts.indicator_monthly where indicator_code = 'O' order by period",
    )
    assert [(row["period"], row["value"]) for row in months] == [
        ("2024-01", 50),
        ("2024-02", 60),
        ("2024-03", 390),
    ]


@pytest.mark.parametrize("case", ["06"], indirect=True)
def test_growth_whose_last_months_are_missing_is_not_reported_and_not_missed(case: Case) -> None:
    found = case.target("2024-06", "T06-01")

    assert (found["status"], found["light"], found["actual_value"]) == ("not_reported", "grey", None)


@pytest.mark.parametrize("case", ["09"], indirect=True)
def test_months_that_are_not_due_are_kept_and_not_added_up(case: Case) -> None:
    assert case.target("2024-03", "T04-01")["actual_value"] == 30
    months = case.rows(
        "2024-03",
        "select period, is_not_due from marts.indicator_monthly where indicator_code = 'QQ' order by period",
    )
    assert [(row["period"], row["is_not_due"]) for row in months] == [
        ("2024-01", True),
        ("2024-02", True),
        ("2024-03", False),
    ]
