"""Every model says what one row of it is, and every column what it holds; the published file says it too."""

from __future__ import annotations

from functools import cache
from typing import Any

import duckdb
import pytest
import yaml

from tests.conftest import MONTH
from warehouse import progress
from warehouse.settings import PROJECT, Settings

MODELS = PROJECT / "dbt_project" / "models"
SEEDS = PROJECT / "dbt_project" / "seeds"
SQL = sorted(MODELS.rglob("*.sql"))


@cache
def model(name: str) -> dict[str, Any]:
    (path,) = MODELS.rglob(f"{name}.yml")
    (described,) = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    assert described["name"] == name
    return dict(described)


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.stem)
def test_a_model_says_its_grain_and_each_column_its_type_and_meaning(path: Any) -> None:
    described = model(path.stem)

    assert described["description"].startswith(("One row for each", "One row:"))
    for column in described["columns"]:
        assert column["data_type"], column
        assert column["description"].endswith((".", "?")), column


def test_each_seed_says_what_its_rows_and_columns_are() -> None:
    described = {
        one["name"]: one for one in yaml.safe_load((SEEDS / "seeds.yml").read_text("utf-8"))["seeds"]
    }

    headers = {file.stem: file.read_text("utf-8").splitlines()[0].split(",") for file in SEEDS.glob("*.csv")}

    assert {name: [one["name"] for one in seed["columns"]] for name, seed in described.items()} == headers
    assert all(seed["description"] for seed in described.values())


def test_each_built_table_has_the_columns_that_are_described(built: Settings) -> None:
    candidate = progress.candidate_of(built, MONTH)
    for file in (candidate.workings, candidate.marts):
        with duckdb.connect(str(file), read_only=True) as connection:
            tables = connection.execute(
                "select table_name, list(column_name) from duckdb_columns() "
                "where database_name = current_database() and not list_contains(?, table_name) group by all",
                [[file.stem for file in SEEDS.glob("*.csv")]],
            ).fetchall()
        assert tables
        for name, columns in tables:
            assert set(columns) == {column["name"] for column in model(name)["columns"]}, name


def test_the_published_file_carries_the_descriptions(built: Settings) -> None:
    with duckdb.connect(str(progress.candidate_of(built, MONTH).marts), read_only=True) as connection:
        tables = connection.execute("select table_name, comment from duckdb_tables()").fetchall()
        columns = connection.execute(
            "select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()

    assert dict(tables) == {name: model(name)["description"] for name, _ in tables}
    meanings = {
        name: {one["name"]: one["description"] for one in model(name)["columns"]} for name, _ in tables
    }
    assert {(table, name): comment for table, name, comment in columns} == {
        (table, name): meanings[table][name] for table, name, _ in columns
    }


def test_no_column_is_a_floating_point_number() -> None:
    types = {column["data_type"] for path in SQL for column in model(path.stem)["columns"]}

    assert "decimal(24,6)" in types
    assert not types & {"double", "float", "real"}
