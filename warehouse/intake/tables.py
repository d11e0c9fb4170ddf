"""Rows of Python as a temporary table, by Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa


def load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    types: dict[str, pa.DataType],
    rows: list[dict[str, Any]],
) -> None:
    """Make a temporary table of `rows`; keys that are no column are left out, missing ones are null."""
    import pyarrow as pa

    connection.register("rows_given", pa.Table.from_pylist(rows, schema=pa.schema(types)))
    connection.execute(f"create or replace temp table {table} as select * from rows_given")  # noqa: S608 - our own names
    connection.unregister("rows_given")


def load_identities(connection: duckdb.DuckDBPyConnection, table: str, submission_ids: list[str]) -> None:
    """Make a temporary table of one column, submission_id."""
    import pyarrow as pa

    rows = [{"submission_id": identity} for identity in submission_ids]
    load(connection, table, {"submission_id": pa.string()}, rows)
