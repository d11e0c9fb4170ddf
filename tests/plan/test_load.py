"""The plan in the ledger: versions that are appended and never changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.plan.conftest import Folder
from warehouse import ledger
from warehouse.errors import MinshengError
from warehouse.plan import load
from warehouse.plan.shapes import TABLES
from warehouse.settings import Settings


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with ledger.upgrading(Settings(home=tmp_path / "home")) as opened:
        yield opened


def versions(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute("select plan_version from plan.versions order by sequence").fetchall()
    return [version for (version,) in rows]


def test_every_row_of_every_table_is_loaded(connection: duckdb.DuckDBPyConnection, folder: Folder) -> None:
    version = load(connection, folder.path)

    by_default = {"status_rules": 2}  # the file has no thresholds of the pace level
    for table in TABLES:
        loaded = connection.execute(
            f"select count(*) from plan.{table.name} where plan_version = ?", [version]
        ).fetchone()
        expected = len(folder.rows(table.file)) - 1 + by_default.get(table.name, 0)
        assert loaded == (expected,), table.name


def test_a_row_is_loaded_as_it_was_read(connection: duckdb.DuckDBPyConnection, folder: Folder) -> None:
    load(connection, folder.path)

    row = connection.execute(
        "select comparator, target_value::varchar, upper_value, anchor_target_code, window_end "
        "from plan.current_targets where target_code = 'G01-04'"
    ).fetchone()
    assert row == ("at_most", "4.300000", None, None, "2025-12")


def test_the_ledger_has_the_columns_of_the_plan_in_their_order(connection: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        rows = connection.execute(
            "select column_name from duckdb_columns() where schema_name = 'plan' and table_name = ? "
            "order by column_index",
            [table.name],
        ).fetchall()
        assert [name for (name,) in rows] == ["plan_version", *(column.name for column in table.columns)]


def test_loading_twice_changes_nothing(connection: duckdb.DuckDBPyConnection, folder: Folder) -> None:
    first = load(connection, folder.path)

    assert load(connection, folder.path) == first
    assert versions(connection) == [first]


def test_a_changed_plan_is_a_new_version_and_the_old_one_stays(
    connection: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    first = load(connection, folder.path)
    folder.change("targets.csv", "G01-01", "target_value", "7000")
    second = load(connection, folder.path)

    rows = connection.execute(
        "select plan_version, target_value::integer from plan.targets where target_code = 'G01-01'"
    ).fetchall()
    current = connection.execute(
        "select target_value::integer from plan.current_targets where target_code = 'G01-01'"
    ).fetchall()
    assert versions(connection) == [first, second]
    assert dict(rows) == {first: 6000, second: 7000}
    assert current == [(7000,)]


def test_going_back_to_an_earlier_plan_keeps_one_copy_of_its_rows(
    connection: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    first = load(connection, folder.path)
    folder.change("targets.csv", "G01-01", "target_value", "7000")
    second = load(connection, folder.path)
    folder.change("targets.csv", "G01-01", "target_value", "6000")

    assert load(connection, folder.path) == first
    assert versions(connection) == [first, second, first]
    assert connection.execute(
        "select target_value::integer from plan.current_targets where target_code = 'G01-01'"
    ).fetchall() == [(6000,)]


def test_another_writing_of_the_same_plan_is_the_same_version(
    connection: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    first = load(connection, folder.path)
    header, *rows = folder.rows("indicators.csv")
    folder.write("indicators.csv", [header[::-1], *(row[::-1] for row in reversed(rows))])
    folder.change("targets.csv", "G01-01", "target_value", "6000.00")
    text = folder.path / "plan-text.txt"
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))

    assert load(connection, folder.path) == first


def test_a_changed_text_is_a_new_version(connection: duckdb.DuckDBPyConnection, folder: Folder) -> None:
    first = load(connection, folder.path)
    folder.append("plan-text.txt", "附则。")

    assert load(connection, folder.path) != first


def test_a_plan_with_faults_is_not_loaded_and_the_first_are_named(
    connection: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    for row in ("G01-01", "G01-02", "G01-03", "G01-04"):
        folder.change("targets.csv", row, "comparator", "?")

    with pytest.raises(MinshengError, match=r"4 faults: targets\.csv:2:comparator: .*, and 1 more"):
        load(connection, folder.path)
    assert versions(connection) == []
