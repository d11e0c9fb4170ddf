"""What a published edition of the district's own plan holds."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.conftest import MONTH
from warehouse import editions, gate, progress
from warehouse.editions import Edition
from warehouse.errors import UsageError
from warehouse.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def edition(published: Settings) -> Edition:
    return editions.find(published, "current")


def test_what_is_published_is_the_file_that_was_audited(published: Settings) -> None:
    audited = gate.report_of(progress.candidate_of(published, MONTH)).candidate_sha256

    edition = editions.find(published, "current")

    assert edition.name == "2023-12/r1"
    assert edition.manifest()["files"]["minsheng.duckdb"]["sha256"] == audited
    assert (published.editions / "current").readlink() == Path("2023-12/r1")


def test_every_mart_is_there_as_parquet_with_the_same_rows(edition: Edition) -> None:
    with duckdb.connect(str(edition.path / "minsheng.duckdb"), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        for (table,) in tables:
            path = str(edition.path / "parquet" / f"{table}.parquet")
            twin = connection.read_parquet(path)
            assert twin.except_(connection.table(f"marts.{table}")).fetchall() == []
    assert len(tables) == 18


def test_every_parquet_file_says_of_which_edition_it_is_and_how_fresh(edition: Edition) -> None:
    freshness = edition.manifest()["freshness"]

    for path in (edition.path / "parquet").glob("*.parquet"):
        marked = duckdb.execute(
            "select cast(key as varchar), decode(value) from parquet_kv_metadata($file)", {"file": str(path)}
        )
        assert dict(marked.fetchall()) == {"edition": "2023-12/r1", **freshness}


def test_every_table_and_column_says_what_it_is(edition: Edition) -> None:
    answer = editions.query(
        edition,
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'marts' and comment is null "
        "union all select table_name, '' from duckdb_tables() where comment is null",
    )

    assert answer.rows == []


def test_figures_are_decimal_and_never_double(edition: Edition) -> None:
    answer = editions.query(
        edition,
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'marts' and data_type in ('DOUBLE', 'FLOAT', 'HUGEINT')",
    )

    assert answer.rows == []


def test_a_query_reaches_nothing_outside_the_edition(edition: Edition) -> None:
    for hostile in (
        "copy (select 1) to 'out.csv'",
        "select * from read_text('/etc/hostname')",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
        "delete from marts.targets",
    ):
        with pytest.raises(UsageError):
            editions.query(edition, hostile)


def test_an_edition_cannot_be_written(edition: Edition) -> None:
    modes = {path.stat().st_mode & 0o222 for path in edition.path.rglob("*")}

    assert modes == {0}
