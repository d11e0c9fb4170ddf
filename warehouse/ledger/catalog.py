"""PostgreSQL as a lakehouse's catalog: the turn among its writers, and what a lost session is told as."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import duckdb

from warehouse.errors import CatalogLostError
from warehouse.ledger.turns import wait_for

_TURN = "hashtext('minsheng ledger')"
# What PostgreSQL's client library says of a session that has ended; DuckDB passes it on as text alone.
_SIGNS_OF_LOSS = (
    "server closed the connection",
    "terminating connection",
    "no connection to the server",
    "connection to server",
    "could not receive data from server",
    "could not send data to server",
    "connection not open",
    "SSL connection has been closed",
    "SSL SYSCALL error",
    # Of a commit that failed, all that is told is that its rollback did too.
    'Failed to execute query "ROLLBACK"',
    # Of a query after the one by which DuckLake itself met the loss, only that it cannot go on.
    "from DuckLake: Current transaction is aborted",
)


@contextmanager
def turn(place: str, seconds: float) -> Iterator[None]:
    """Hold the turn among all writers of the catalog at `place`, on whatever machine they are.

    The database gives it to the next as soon as the session ends, however it ends. Raises LedgerBusyError
    after so many seconds, CatalogLostError where the database does not answer.
    """
    import psycopg2

    try:
        session = psycopg2.connect(place)
    except psycopg2.Error as error:
        raise _lost(error) from error
    with closing(session):
        try:
            wait_for(lambda: _is_given(session), lambda: "another writer", seconds)
        except psycopg2.Error as error:
            raise _lost(error) from error
        yield


@contextmanager
def told_of_loss(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Tell of a session that the database ended as of what it is; other errors of DuckDB pass."""
    try:
        yield
    except duckdb.Error as error:
        if not tells_of_loss(error):
            raise
        raise _lost(error) from error
    finally:
        # A connection that closes with a transaction open whose session has ended aborts the whole process.
        with suppress(duckdb.Error):
            connection.rollback()


def tells_of_loss(error: duckdb.Error) -> bool:
    """Tell whether an error says that the database ended or refused a session."""
    return any(sign in str(error) for sign in _SIGNS_OF_LOSS)


def _is_given(session: Any) -> bool:
    with session.cursor() as cursor:
        cursor.execute(f"select pg_try_advisory_lock({_TURN})")
        return bool(cursor.fetchone()[0])


def _lost(error: Exception) -> CatalogLostError:
    said = " ".join(str(error).split())
    return CatalogLostError(
        f"The database of the ledger's catalog ended or refused the session ({said}): see that it runs and "
        "takes connections, then run this again; what was not finished is done then"
    )
