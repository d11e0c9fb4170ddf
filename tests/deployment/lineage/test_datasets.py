"""The datasets of OpenLineage: what each step of a real month has read and written."""

from __future__ import annotations

from typing import Any

import pytest
from openlineage.client.event_v2 import Dataset

from deployment.lineage.datasets import describe
from tests.conftest import MONTH
from warehouse.gate.check import report_of
from warehouse.intake.report import IntakeReport, RowCounts, Taken
from warehouse.progress import candidate_of
from warehouse.published import newest_of
from warehouse.settings import Settings

SPACE = "minsheng://sample"

pytestmark = pytest.mark.airflow


def by_name(datasets: list[Dataset]) -> dict[str, Any]:
    assert {one.namespace for one in datasets} == {SPACE}
    return {one.name: one for one in datasets}


@pytest.fixture(scope="module")
def of_a_build(published: Settings) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the build of the real plan's month has read, and written."""
    inputs, outputs = describe(candidate_of(published, MONTH), SPACE)
    return by_name(inputs), by_name(outputs)


def test_an_intake_reads_inboxes_and_writes_the_ledger_with_counts() -> None:
    taken = [
        Taken("LABOUR", "a.csv", "S1", "0" * 64, "accepted_in_part", RowCounts(5, 3, 1, 1), "receipt"),
        Taken("LABOUR", "b.csv", "S2", "0" * 64, "duplicate", RowCounts(5, 5), "receipt"),
    ]

    inputs, outputs = describe(IntakeReport(taken, []), SPACE)

    assert by_name(inputs)["inbox/LABOUR"].inputFacets["inputStatistics"].fileCount == 2
    rows = {name: one.outputFacets["outputStatistics"].rowCount for name, one in by_name(outputs).items()}
    assert rows == {"ledger.submissions": 1, "ledger.observations": 4, "ledger.refusals": 1}


def test_a_build_reads_the_ledgers_tables_and_writes_marts_with_rows_and_described_columns(
    of_a_build: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    inputs, outputs = of_a_build

    assert {"ledger.statements", "plan.targets"} <= inputs.keys()
    progress = outputs["candidate/marts.indicator_progress"]
    assert progress.outputFacets["outputStatistics"].rowCount > 0
    actual = next(one for one in progress.facets["schema"].fields if one.name == "actual_value")
    assert actual.type.startswith("DECIMAL")
    assert actual.description


def test_each_column_of_a_mart_is_traced_to_the_ledger(
    of_a_build: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    inputs, outputs = of_a_build
    columns = {
        name: {field: {(one.name, one.field) for one in of.inputFields} for field, of in facet.fields.items()}
        for name, dataset in outputs.items()
        if (facet := dataset.facets["columnLineage"])
    }

    progress = columns["candidate/marts.indicator_progress"]
    assert ("ledger.statements", "value") in progress["actual_value"]
    assert progress["area_name"] == {("plan.areas", "name_zh")}
    assert {name for mart in columns.values() for of in mart.values() for name, _ in of} <= inputs.keys()


def test_the_gate_reads_marts_with_what_held_and_what_did_not(checked: Settings) -> None:
    report = report_of(candidate_of(checked, MONTH))

    inputs, outputs = describe(report, SPACE)

    audited = by_name(inputs)["candidate/marts.indicator_progress"]
    told = {one.assertion: one for one in audited.inputFacets["dataQualityAssertions"].assertions}
    held = {
        one.expectation: one.outcome == "passed"
        for one in report.results
        if one.suite == "indicator_progress"
    }
    assert {name: one.success for name, one in told.items()} == held
    assert {one.severity for one in told.values()} <= {"critical", "warning", "info"}
    results = by_name(outputs)["candidate/marts.quality_results"]
    assert results.outputFacets["outputStatistics"].rowCount == len(report.results)
    changes = by_name(outputs)["candidate/marts.edition_changes"]
    assert changes.outputFacets["outputStatistics"].rowCount == report.changes


def test_a_publication_writes_the_marts_of_a_named_edition(published: Settings) -> None:
    edition = newest_of(published, str(MONTH))

    inputs, outputs = describe(edition, SPACE)

    assert "candidate/marts.indicator_progress" in by_name(inputs)
    progress = by_name(outputs)["editions/marts.indicator_progress"]
    assert progress.facets["version"].datasetVersion == f"{MONTH}/r1"
    assert progress.outputFacets["outputStatistics"].rowCount > 0
