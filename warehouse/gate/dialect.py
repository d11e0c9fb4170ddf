"""SQLAlchemy's way to DuckDB, so that Great Expectations can work in the database.

Great Expectations closes its connection before it fetches; with an unbuffered DuckDB cursor every result is
then empty. This dialect fetches at once. It also attaches the ledger beside the candidate, both read-only.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

from duckdb_engine import Dialect
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg2 import PGExecutionContext_psycopg2
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

from warehouse.ledger import Attachment
from warehouse.ledger.attachment import quoted

_NAME = "duckdb.audit"
_BESIDE = ("attach_warehouse", "attach_previous")
_opened: list[Any] = []


class BufferedContext(PGExecutionContext_psycopg2):
    """Holds every row of a result before anyone can close the connection."""

    def post_exec(self) -> None:
        """Fetch what the statement returned."""
        super().post_exec()  # type: ignore[no-untyped-call]
        if self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor,
                alternate_description=self.cursor.description,
                initial_buffer=self.cursor.fetchall(),
            )


class AuditDialect(Dialect):
    """DuckDB read-only, buffered, with the ledger as `warehouse` and last month's edition as `previous`."""

    supports_statement_cache = False
    execution_ctx_cls = BufferedContext

    def connect(self, *arguments: Any, **parameters: Any) -> Any:
        """Open the candidate and attach the other databases that its address names."""
        configuration = dict(parameters.pop("url_config"))
        statements = [configuration.pop(name) for name in _BESIDE if name in configuration]
        connection = super().connect(*arguments, url_config=configuration, **parameters)
        for statement in statements:
            connection.execute(statement)
        _opened.append(connection)
        return connection


def close_connections() -> None:
    """Close what was opened, or the candidate could not be written: the library keeps pools of its own.

    Validators and results refer to each other; DuckDB lets go of a file when the last is collected.
    """
    while _opened:
        _opened.pop().close()
    gc.collect()


def address(candidate: Path, attachment: Attachment, previous: Path | None) -> str:
    """Return the address under which Great Expectations opens the candidate, with the others beside it."""
    from sqlalchemy.engine import URL

    registry.register(_NAME, __name__, AuditDialect.__name__)
    beside = {"attach_warehouse": attachment.sql()}
    if previous:
        beside["attach_previous"] = f"attach if not exists {quoted(str(previous))} as previous (read_only)"
    query = {"access_mode": "read_only", **attachment.configuration, **beside}
    return URL.create("duckdb+audit", database=str(candidate), query=query).render_as_string(
        hide_password=False
    )
