"""What was read and written, as OpenLineage's datasets: rows, columns, findings, origins of columns.

A dataset has the same name in every month, which its run names: `ledger.statements`,
`candidate/marts.targets`, `editions/marts.targets`.
"""

from __future__ import annotations

from collections import Counter
from functools import singledispatch
from pathlib import Path

import duckdb
from openlineage.client.event_v2 import Dataset, InputDataset, OutputDataset
from openlineage.client.facet_v2 import (
    DatasetFacet,
    column_lineage_dataset,
    data_quality_assertions_dataset,
    dataset_version_dataset,
    input_statistics_input_dataset,
    output_statistics_output_dataset,
    schema_dataset,
)

from deployment.lineage.columns import Origins, origins
from warehouse.gate.check import GateReport
from warehouse.intake.report import IntakeReport
from warehouse.progress import Candidate
from warehouse.published import MARTS_FILE, Edition

Datasets = tuple[list[Dataset], list[Dataset]]
"""What was read, and what was written."""

_CANDIDATE, _EDITIONS = "candidate/", "editions/"
_TABLES = Path(__file__).with_name("tables.sql")


@singledispatch
def describe(subject: object, namespace: str) -> Datasets:
    """Return the datasets that a task read and wrote, from its result; each kind is registered below."""
    raise TypeError(f"{type(subject).__name__} has no datasets for {namespace}: register it in {__name__}")


@describe.register
def _(report: IntakeReport, namespace: str) -> Datasets:
    """Return the inboxes with their files, and the ledger's tables with the rows that were added."""
    files = Counter(one.organization_code for one in report.submissions)
    totals = report.totals
    added = {
        "ledger.submissions": totals["files"] - totals["files_duplicate"],
        "ledger.observations": totals["rows_accepted"] + totals["rows_warned"],
        "ledger.refusals": totals["rows_refused"],
    }
    inboxes: list[Dataset] = [
        InputDataset(namespace, f"inbox/{code}", inputFacets={"inputStatistics": _files(count)})
        for code, count in sorted(files.items())
    ]
    return inboxes, [_written(namespace, name, rows) for name, rows in added.items()]


@describe.register
def _(candidate: Candidate, namespace: str) -> Datasets:
    """Return the ledger's tables that the marts' columns come from, and the marts with these columns."""
    traced = origins(candidate.compiled(), candidate.columns())
    by_name = {_named(table): columns for table, columns in traced.items()}
    # The gate adds tables of its own.
    marts = {name: mart for name, mart in _tables(candidate.marts).items() if name in by_name}
    read = {table for name in marts for of in by_name[name].values() for table, _ in of}
    inputs: list[Dataset] = [InputDataset(namespace, _named(table)) for table in sorted(read)]
    return inputs, [
        _written(namespace, _CANDIDATE + name, rows, _schema(columns), _origins(namespace, by_name[name]))
        for name, (rows, columns) in marts.items()
    ]


@describe.register
def _(report: GateReport, namespace: str) -> Datasets:
    """Return each mart that was audited with its findings, and the marts that the gate adds."""
    findings: dict[str, list[data_quality_assertions_dataset.Assertion]] = {}
    for one in report.results:
        assertion = data_quality_assertions_dataset.Assertion(
            one.expectation, one.outcome in ("passed", "waived"),
            severity=one.severity, description=one.description_zh, actual=str(one.unexpected_count),
        )  # fmt: skip
        findings.setdefault(one.suite, []).append(assertion)
    facet = data_quality_assertions_dataset.DataQualityAssertionsDatasetFacet
    audited: list[Dataset] = [
        InputDataset(
            namespace,
            f"{_CANDIDATE}marts.{suite}",
            inputFacets={"dataQualityAssertions": facet(assertions)},
        )
        for suite, assertions in findings.items()
    ]
    added = {"quality_results": len(report.results), "edition_changes": report.changes}
    return audited, [_written(namespace, f"{_CANDIDATE}marts.{name}", rows) for name, rows in added.items()]


@describe.register
def _(edition: Edition, namespace: str) -> Datasets:
    """Return the candidate's marts, and the same marts as that edition has them."""
    version = dataset_version_dataset.DatasetVersionDatasetFacet(edition.name)
    marts = _tables(edition.path / MARTS_FILE)
    return [InputDataset(namespace, _CANDIDATE + name) for name in marts], [
        _written(namespace, _EDITIONS + name, rows, _schema(columns), {"version": version})
        for name, (rows, columns) in marts.items()
    ]


def _written(namespace: str, name: str, rows: int, *facets: dict[str, DatasetFacet]) -> OutputDataset:
    statistics = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(rowCount=rows)
    merged = {key: facet for one in facets for key, facet in one.items()}
    return OutputDataset(namespace, name, facets=merged, outputFacets={"outputStatistics": statistics})


def _files(count: int) -> input_statistics_input_dataset.InputStatisticsInputDatasetFacet:
    return input_statistics_input_dataset.InputStatisticsInputDatasetFacet(fileCount=count)


def _tables(marts: Path) -> dict[str, tuple[int, list[dict[str, str]]]]:
    """Return the rows of each mart, and its columns with name, type and description."""
    with duckdb.connect(str(marts), read_only=True) as connection:
        found = connection.execute(_TABLES.read_text(encoding="utf-8")).fetchall()
        return {name: (connection.table(name).shape[0], columns) for name, columns in found}


def _schema(columns: list[dict[str, str]]) -> dict[str, DatasetFacet]:
    fields = [schema_dataset.SchemaDatasetFacetFields(**column) for column in columns]
    return {"schema": schema_dataset.SchemaDatasetFacet(fields)}


def _origins(namespace: str, columns: Origins) -> dict[str, DatasetFacet]:
    fields = {
        name: column_lineage_dataset.Fields(
            [
                column_lineage_dataset.InputField(namespace, _named(table), column)
                for table, column in sorted(of)
            ]
        )
        for name, of in columns.items()
    }
    return {"columnLineage": column_lineage_dataset.ColumnLineageDatasetFacet(fields)}


def _named(table: str) -> str:
    """Return the name of a table of the ledger, or of dbt: without its database."""
    return table.split(".", 1)[1]
