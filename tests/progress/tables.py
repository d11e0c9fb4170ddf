"""All tables of a candidate, to compare one build with another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.progress import Candidate


@dataclass(frozen=True)
class Table:
    """What a table holds, in an order of its own."""

    columns: list[tuple[Any, ...]]
    """Name, type and whether it may be empty."""
    rows: list[tuple[Any, ...]]


def tables(candidate: Candidate) -> dict[str, Table]:
    """Return every table of the workings and of the marts, by the names of its schema and its own."""
    with duckdb.connect(str(candidate.workings), read_only=True) as connection:
        connection.execute(f"attach '{candidate.marts}' as marts (read_only)")
        names = connection.execute(
            "select database_name, schema_name, table_name from duckdb_tables()"
        ).fetchall()
        return {
            f"{schema}.{name}": _table(connection, f"{file}.{schema}.{name}") for file, schema, name in names
        }


def _table(connection: duckdb.DuckDBPyConnection, name: str) -> Table:
    return Table(
        columns=connection.execute(f"describe {name}").fetchall(),
        rows=connection.execute(f"from {name} order by all").fetchall(),
    )
