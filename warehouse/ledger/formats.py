"""The ledger's format: numbered migrations of its tables, and the views of a release.

The same SQL serves a file and a lakehouse. `home.migrations` says which numbers were applied by which
program, `home.programs` which programs and engines wrote the ledger, one after the other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.clock import now
from warehouse.errors import LedgerFormatError
from warehouse.version import release

# Clients from DuckDB 1.4 on can open the file, and a stale write-ahead log of another file is refused.
STORAGE_VERSION = "v1.4.0"
SCHEMAS = ("ledger", "plan")
_FOLDER = Path(__file__).parent
_MIGRATIONS = {int(path.name[:4]): path for path in sorted((_FOLDER / "migrations").glob("*.sql"))}
FORMAT = max(_MIGRATIONS)
_VIEWS = (_FOLDER / "views.sql").read_text(encoding="utf-8")
_VIEWS_MADE_BY = f"views {hashlib.sha256(_VIEWS.encode()).hexdigest()[:16]}"
_BOOKKEEPING = """
create schema if not exists home;
create table if not exists home.migrations (
    number integer not null, name varchar not null, program varchar not null, duckdb varchar not null,
    applied_at timestamp not null
);
create table if not exists home.programs (
    program varchar not null, duckdb varchar not null, first_wrote_at timestamp not null
);
"""


@dataclass(frozen=True)
class Format:
    """What a ledger is made of."""

    number: int
    """The newest migration that was applied; 0 of a ledger made before migrations had numbers."""
    has_these_views: bool
    """Whether this very release made its views."""


def format_of(connection: duckdb.DuckDBPyConnection) -> Format | None:
    """Return the format of the ledger in the connection's database, or None where it holds no ledger."""
    found = connection.execute(
        "select schema_name || '.' || table_name, comment from duckdb_tables() "
        "where database_name = current_database()"
    ).fetchall()
    comments: dict[str, str | None] = dict(found)
    if "ledger.submissions" not in comments:
        return None
    number = 0
    if "home.migrations" in comments:
        ((number,),) = connection.execute("select coalesce(max(number), 0) from home.migrations").fetchall()
    return Format(number, comments["ledger.submissions"] == _VIEWS_MADE_BY)


def require_current(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Raise LedgerFormatError where the ledger called `name` is missing or of another release's format."""
    found = format_of(connection)
    if found is None:
        raise LedgerFormatError(f"There is no ledger in {name}: run `minsheng init` first")
    _refuse_newer(found, name)
    if found.number < FORMAT:
        raise LedgerFormatError(
            f"The ledger {name} has the format {found.number} of an older release, and this one works with "
            f"{FORMAT}: run `minsheng init`, which upgrades it and keeps a copy (docs/upgrading.md)"
        )
    if not found.has_these_views:
        raise LedgerFormatError(
            f"The views of the ledger {name} are of another release: run `minsheng init`, which makes "
            "them anew"
        )


def upgrade(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make the ledger, or bring it to this release's format, in one transaction; nothing where it is current.

    A lakehouse keeps each change of a view as one more version, so nothing is replaced by its equal. Raises
    LedgerFormatError where a newer release made it.
    """
    found = format_of(connection)
    if found == Format(FORMAT, has_these_views=True):
        return
    if found is not None:
        _refuse_newer(found, name)
    connection.begin()
    try:
        connection.execute(_BOOKKEEPING)
        for number in range(found.number + 1 if found else 1, FORMAT + 1):
            _apply(connection, number)
        connection.execute(_VIEWS)
        connection.execute(f"comment on table ledger.submissions is '{_VIEWS_MADE_BY}'")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def note_writer(connection: duckdb.DuckDBPyConnection) -> None:
    """Record which program and which DuckDB write the ledger from now on, unless they did so last."""
    writer = (release(), duckdb.__version__)
    last = connection.execute(
        "select program, duckdb from home.programs order by first_wrote_at desc limit 1"
    ).fetchone()
    if last != writer:
        connection.execute("insert into home.programs values ($1, $2, $3)", [*writer, now()])


def tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the ledger's tables as `schema.table`, in the order of their names."""
    rows = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where database_name = current_database() and list_contains($schemas, schema_name) order by all",
        {"schemas": list(SCHEMAS)},
    )
    return [name for (name,) in rows.fetchall()]


def _apply(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    path = _MIGRATIONS[number]
    connection.execute(path.read_text(encoding="utf-8"))
    connection.execute(
        "insert into home.migrations values ($1, $2, $3, $4, $5)",
        [number, path.stem, release(), duckdb.__version__, now()],
    )


def _refuse_newer(found: Format, name: str) -> None:
    if found.number > FORMAT:
        raise LedgerFormatError(
            f"The ledger {name} has the format {found.number} of a newer release, and this one knows up to "
            f"{FORMAT}: use the newer release, or go back as docs/upgrading.md says"
        )
