"""The ledger's tables and views, made where they are missing; the same SQL for a file and for a lakehouse."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

# Clients from DuckDB 1.4 on can open the file, and a stale write-ahead log of another file is refused.
STORAGE_VERSION = "v1.4.0"
SCHEMAS = ("ledger", "plan")
_SQL = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
_MADE_BY = f"schema {hashlib.sha256(_SQL.encode()).hexdigest()[:16]}"


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables and views in the connection's database, unless this very schema has made them.

    A lakehouse keeps each change of a view as one more version, so nothing is replaced by its equal.
    """
    if not is_made(connection):
        # One version of a lakehouse, and one commit, for some forty statements.
        connection.begin()
        connection.execute(_SQL)
        connection.execute(f"comment on table ledger.submissions is '{_MADE_BY}'")
        connection.commit()


def is_made(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether this very schema has made the tables and views of the connection's database."""
    made_by = connection.execute(
        "select comment from duckdb_tables() where schema_name = 'ledger' and table_name = 'submissions' "
        "and database_name = current_database()"
    ).fetchone()
    return made_by == (_MADE_BY,)


def tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the ledger's tables as `schema.table`, in the order of their names."""
    rows = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where database_name = current_database() and list_contains($schemas, schema_name) order by all",
        {"schemas": list(SCHEMAS)},
    )
    return [name for (name,) in rows.fetchall()]
