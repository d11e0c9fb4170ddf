"""Rows of Python as a temporary table, by Arrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa

_NUMBERS = count()


def load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    types: dict[str, pa.DataType],
    rows: list[dict[str, Any]],
) -> None:
    """Make a temporary table of `rows`; keys that are no column are left out, missing ones are null."""
    _put(connection, f"create or replace temp table {table} as from {{given}}", types, rows)


def insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    types: dict[str, pa.DataType],
    rows: list[dict[str, Any]],
) -> None:
    """Add `rows` to a table that is there."""
    if rows:
        _put(connection, f"insert into {table} by name from {{given}}", types, rows)


def _put(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    types: dict[str, pa.DataType],
    rows: list[dict[str, Any]],
) -> None:
    import pyarrow as pa

    # A name of its own: where a statement fails with its session, the view of that name may stay.
    given = f"rows_given_{next(_NUMBERS)}"
    connection.register(given, pa.Table.from_pylist(rows, schema=pa.schema(types)))
    connection.execute(statement.format(given=given))
    connection.unregister(given)


def load_identities(connection: duckdb.DuckDBPyConnection, table: str, submission_ids: list[str]) -> None:
    """Make a temporary table of one column, submission_id."""
    import pyarrow as pa

    rows = [{"submission_id": identity} for identity in submission_ids]
    load(connection, table, {"submission_id": pa.string()}, rows)


@contextmanager
def joined_as_written(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keep joins the way round they are written: many rows looked up in few.

    DuckDB guesses how many rows an Arrow table or a computed key brings, and joins that it turns round take
    twice as long. A connection on which something failed is not set back: it can only be closed.
    """
    connection.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
    yield
    connection.execute("reset disabled_optimizers")
