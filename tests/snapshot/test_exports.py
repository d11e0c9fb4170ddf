"""What other systems read of an edition says truly what is in it, by the standards it claims."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from csvw import CSVW
from frictionless import Package

from tests.conftest import MONTH
from warehouse import durable, editions
from warehouse.errors import MinshengError
from warehouse.settings import Settings
from warehouse.snapshot.exports.csvw import write_progress
from warehouse.snapshot.exports.tables import tables_of


@pytest.fixture(scope="module")
def edition(published: Settings) -> Path:
    return editions.find(published, str(MONTH)).path


@pytest.fixture(scope="module")
def package(edition: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((edition / "parquet" / "datapackage.json").read_text())
    return content


@pytest.fixture(scope="module")
def marts(edition: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(edition / "minsheng.duckdb"), read_only=True)


def fields(resource: dict[str, Any]) -> list[dict[str, Any]]:
    return list(resource["schema"]["fields"])


def test_the_data_package_is_valid_by_the_standards_own_library(package: dict[str, Any]) -> None:
    assert list(Package.metadata_validate(package)) == []


@pytest.mark.parametrize("rows", [60, pytest.param(None, marks=pytest.mark.long)])
def test_the_data_are_what_the_package_says(edition: Path, rows: int | None) -> None:
    report = Package(str(edition / "parquet" / "datapackage.json")).validate(limit_rows=rows)

    assert [(task.name, error.message) for task in report.tasks for error in task.errors] == []


def test_every_parquet_file_is_in_the_package_with_its_hash(edition: Path, package: dict[str, Any]) -> None:
    listed = {one["path"]: one["hash"] for one in package["resources"]}

    there = {path.name: f"sha256:{durable.sha256_of(path)}" for path in edition.glob("parquet/*.parquet")}
    assert listed == there


def test_the_columns_of_the_package_are_those_of_the_files(edition: Path, package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        columns = duckdb.read_parquet(str(edition / "parquet" / resource["path"]))
        named = dict(zip(columns.columns, map(str, columns.types), strict=True))
        assert {field["name"]: field["duckdbType"] for field in fields(resource)} == named


def test_every_table_and_column_of_the_package_is_described(package: dict[str, Any]) -> None:
    silent = [
        (resource["name"], field["name"])
        for resource in package["resources"]
        for field in [{"name": "", "description": resource["description"]}, *fields(resource)]
        if not field["description"]
    ]

    assert silent == []


def test_a_figure_is_a_decimal_number(package: dict[str, Any]) -> None:
    (progress,) = (one for one in package["resources"] if one["name"] == "indicator_progress")
    (actual,) = (field for field in fields(progress) if field["name"] == "actual_value")

    assert (actual["type"], actual["duckdbType"]) == ("number", "DECIMAL(24,6)")
    assert actual["rdfType"].endswith("#decimal")


def test_the_primary_keys_hold(package: dict[str, Any], marts: duckdb.DuckDBPyConnection) -> None:
    keyed = {
        one["name"]: one["schema"]["primaryKey"]
        for one in package["resources"]
        if "primaryKey" in one["schema"]
    }

    assert {"indicator_progress", "indicator_monthly", "targets", "areas"} <= set(keyed)
    for table, key in keyed.items():
        ((rows, distinct),) = marts.execute(
            f'select count(*), count(distinct ({", ".join(key)})) from marts."{table}"'
        ).fetchall()
        assert rows == distinct, table


def test_what_a_table_refers_to_is_there(package: dict[str, Any], marts: duckdb.DuckDBPyConnection) -> None:
    references = [
        (one["name"], key["fields"][0], key["reference"]["resource"])
        for one in package["resources"]
        for key in one["schema"].get("foreignKeys", [])
    ]

    assert ("indicator_progress", "indicator_code", "indicators") in references
    for table, column, other in references:
        strays = marts.execute(
            f"select {column} from marts.{table} anti join marts.{other} using ({column}) "
            f"where {column} is not null"
        )
        assert strays.fetchall() == [], (table, column)


def test_samples_are_marked_in_both_descriptions(edition: Path, package: dict[str, Any]) -> None:
    metadata = json.loads((edition / "csv" / "indicator_progress.csv-metadata.json").read_text())

    assert package["sample"] is True
    assert "样例" in package["title"]
    assert "样例" in metadata["dc:title"]["@value"]


def test_the_csv_is_valid_csv_on_the_web_with_the_figures_of_the_mart(
    edition: Path, marts: duckdb.DuckDBPyConnection
) -> None:
    described = CSVW(str(edition / "csv" / "indicator_progress.csv-metadata.json"))
    assert described.is_valid

    rows = [tuple(row.values()) for row in described.t.iterdicts()]

    assert rows == marts.table("marts.indicator_progress").fetchall()
    assert any(isinstance(value, Decimal) for value in rows[0])


def test_a_text_of_the_csv_that_a_spreadsheet_would_compute_stays_text(edition: Path, tmp_path: Path) -> None:
    copy = tmp_path / "edition"
    copy.mkdir()
    shutil.copyfile(edition / "minsheng.duckdb", copy / "minsheng.duckdb")
    with duckdb.connect(str(copy / "minsheng.duckdb")) as connection:
        connection.execute("update marts.indicator_progress set note = '=1+1', indicator_name = '@SUM(A1)'")

    facts = {"period": "2023-12", "revision": 1, "published_at": "2024-01-08T09:00:00", "is_sample": True}
    write_progress(copy, facts)

    rows = csv.DictReader((copy / "csv" / "indicator_progress.csv").open(encoding="utf-8", newline=""))
    assert {(row["note"], row["indicator_name"]) for row in rows} == {("'=1+1", "'@SUM(A1)")}


def test_a_type_that_no_export_can_name_is_an_error(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "minsheng.duckdb")) as connection:
        connection.execute("create schema marts; create table marts.odd (spread interval)")

    with pytest.raises(MinshengError, match="spread is a INTERVAL"):
        tables_of(tmp_path)
