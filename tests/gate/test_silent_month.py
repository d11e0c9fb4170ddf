"""A month in which nothing came: a person may publish it as what it is, and sees who is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prepared import Prepared
from tests.progress.compiled import compiled_project
from warehouse import home, intake, ledger, samples
from warehouse.difference import write_changes
from warehouse.gate import Result
from warehouse.gate.audit import audit
from warehouse.gate.suites import CANARY, load_suites
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

REPORTED, SILENT = Period(2023, 5), Period(2023, 6)


def held_back_by(settings: Settings, prepared: Prepared) -> dict[str, Result]:
    """Return what the gate finds in the silent month, by suite and expectation."""
    marts = compiled_project(prepared).build(settings, SILENT).marts
    write_changes(marts, str(SILENT), None)
    suites = [
        one
        for one in load_suites(PROJECT / "expectations")
        if one.name != CANARY and not one.compares_with_last_month
    ]
    with ledger.sharing(settings) as attachment:
        audited = audit(marts, attachment, None, suites)
    results = [result for one in audited for result in one.results if result.blocks or result.warns]
    return {f"{one.suite}.{one.expectation}": one for one in results}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(home=tmp_path, plan=PROJECT / "tests" / "plans" / "minimal", stable_seconds=0)
    home.initialise(made)
    return made


def test_after_months_with_reports_it_waits_for_a_person_who_sees_who_is_silent(
    settings: Settings, prepared: Prepared
) -> None:
    samples.write(settings, REPORTED)
    intake.take_in(settings)

    found = held_back_by(settings, prepared)

    assert {name: one.severity for name, one in found.items()} == {
        "submission_compliance.few_stay_silent": "warning"
    }
    silent = found["submission_compliance.few_stay_silent"].offending_rows
    assert [row["organization_code"] for row in silent] == ["CIVIC", "ENVIRONMENT", "LABOUR"]


def test_before_any_report_it_waits_for_a_person_too(settings: Settings, prepared: Prepared) -> None:
    found = held_back_by(settings, prepared)

    assert {one.severity for one in found.values()} == {"warning"}
    assert "submissions.is_not_empty" in found
