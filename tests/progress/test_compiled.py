"""What most tests of the models build by: the compiled project gives the same tables as dbt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.progress.compiled import CompiledProject, Step
from tests.progress.district import District, Report
from tests.progress.tables import Table, tables
from tests.progress.worked_cases import add_worked_cases
from warehouse import progress
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.progress import BuildReport, candidate_of

MONTH = Period(2025, 12)
ITS_LAST_DAY = date(2026, 1, 5)
"""On which the cases are reported, but what corrects them is not known yet."""
LATER = [
    ("JOBS", Report("2023-12", "990", recorded_at="2026-01-06 00:00:00")),
    ("PUPIL", Report("2022-12", kind="withdrawal", recorded_at="2026-01-06 00:00:00")),
]


@pytest.fixture(scope="module")
def cases(shared_district: District, new_home: Callable[[Path], Path]) -> District:
    new_home(shared_district.settings.home)
    add_worked_cases(shared_district)
    shared_district.reports += LATER
    shared_district.write()
    return shared_district


@pytest.fixture(scope="module", params=[None, ITS_LAST_DAY], ids=["all that is known", "as of a day"])
def as_of(request: pytest.FixtureRequest) -> date | None:
    day: date | None = request.param
    return day


@pytest.fixture(scope="module")
def by_dbt(cases: District, as_of: date | None) -> tuple[BuildReport, dict[str, Table]]:
    cases.record()
    report = progress.build(cases.settings, MONTH, as_of)
    return report, tables(candidate_of(cases.settings, MONTH))


@pytest.mark.slow
def test_it_gives_the_same_tables(
    by_dbt: tuple[BuildReport, dict[str, Table]],
    cases: District,
    compiled: CompiledProject,
    as_of: date | None,
) -> None:
    expected = by_dbt[1]

    found = tables(compiled.build(cases.settings, MONTH, as_of))

    assert len(expected) > 30
    assert found.keys() == expected.keys()
    assert [name for name in expected if found[name] != expected[name]] == []


@pytest.mark.slow
def test_the_record_of_a_build_names_the_submissions_that_were_known(
    by_dbt: tuple[BuildReport, dict[str, Table]], cases: District, as_of: date | None
) -> None:
    all_known = [f"s{number:06}" for number in range(1, cases.appended + 1)]

    assert by_dbt[0].submissions == (all_known[: -len(LATER)] if as_of else all_known)


@pytest.mark.parametrize(
    "step",
    [
        Step("a_test", "select 1", is_test=True),
        Step("a_table", "create table copied as from no_such_table"),
    ],
    ids=lambda step: step.name,
)
def test_a_data_test_that_finds_a_row_and_a_model_that_fails_end_the_build(
    district: District, step: Step
) -> None:
    district.indicator("JOBS")
    district.target("JOBS", "JOBS", target_value="1200")
    district.write()

    with pytest.raises(MinshengError, match=f"The model {step.name} failed"):
        CompiledProject([step], []).build(district.settings, MONTH)
