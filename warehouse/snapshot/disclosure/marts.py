"""The public marts: the audited ones copied row by row into a new file, without what is withheld.

A new file, because a database that is changed in place keeps what was deleted where anybody can read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import yaml

from warehouse.ledger import STORAGE_VERSION
from warehouse.snapshot.disclosure.decision import Withheld
from warehouse.snapshot.disclosure.withholding import decided

_FOLDER = Path(__file__).parent
SHOWN, WITHHELD = "shown", "withheld"
_NOTE = "涉及少量个人，数字不予公开"
_DISCLOSURE = "shown, or withheld: the figures of this row are not public, which is neither absence nor zero."


def write_public_marts(source: Path, target: Path, earlier: list[Path], floor: int) -> list[Withheld]:
    """Write the public variant of the marts at `source` to the new file `target`; returns what it withholds.

    `earlier` are the folders of every public variant that was ever published; what they withheld stays
    withheld, and what they showed is held against the new figures. Counts of persons above zero and below
    `floor` are small.
    """
    with duckdb.connect(str(target), config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.execute("set threads = 1")
        connection.execute(f"attach {_quoted(source)} as source (read_only)")
        withheld = decided(connection, earlier, floor)
        connection.begin()  # one commit for all the marts: hundreds of them would each wait for the disk
        connection.execute("create schema marts")
        kept = yaml.load(_text("kept.yml"), yaml.CSafeLoader)
        for name, definition in _tables(connection):
            _copy(connection, name, definition, kept.get(name))
        _write_withheld(connection, withheld, floor)
        connection.commit()
        connection.execute("detach source")
    return withheld


def withheld_in(marts: Path) -> dict[str, str]:
    """Return what the public marts withhold: how far (`parts` or `whole`), by indicator."""
    with duckdb.connect(str(marts), read_only=True) as connection:
        rows = connection.execute("select indicator_code, scope from marts.withheld order by all").fetchall()
    return dict(rows)


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return each mart's name and its definition in SQL."""
    return connection.execute(
        "select table_name, sql from duckdb_tables() "
        "where database_name = 'source' and schema_name = 'marts' order by table_name"
    ).fetchall()


def _copy(
    connection: duckdb.DuckDBPyConnection, name: str, definition: str, kept: dict[str, Any] | None
) -> None:
    """Copy one mart: all of it, what of it is public, or its columns alone."""
    connection.execute(
        definition.replace(f"CREATE TABLE source.marts.{name}", f"CREATE TABLE marts.{name}", 1)
    )
    _describe(connection, name)
    if kept is None:
        return
    if kept.get("rows") == "all":
        connection.execute(f'insert into marts."{name}" from source.marts."{name}"')
        return
    connection.execute(f'alter table marts."{name}" add column disclosure varchar')
    connection.execute(f"comment on column marts.\"{name}\".disclosure is '{_DISCLOSURE}'")
    columns = ", ".join(_public_columns(connection, name, kept))
    mart = connection.table(f'source.marts."{name}"').set_alias("mart")
    on = "mart.indicator_code = hidden.indicator_code and mart.area_code = hidden.area_code"
    mart.join(connection.table("hidden"), on, "left").project(columns).insert_into(f'marts."{name}"')


def _public_columns(connection: duckdb.DuckDBPyConnection, name: str, kept: dict[str, Any]) -> Iterator[str]:
    """Yield each column as the public row has it: as it is, only where nothing is withheld, or never."""
    is_hidden = "hidden.indicator_code is not null"
    for column in connection.table(f'source.marts."{name}"').columns:
        if column in kept.get("never", ()):
            yield "null"
        elif column in kept["withheld_rows_keep"]:
            yield f'mart."{column}"'
        elif column == "note":
            yield f"if({is_hidden}, '{_NOTE}', mart.note)"
        else:
            yield f'if({is_hidden}, null, mart."{column}")'
    yield f"if({is_hidden}, '{WITHHELD}', '{SHOWN}')"


def _describe(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Give the mart the descriptions that it has in the edition."""
    ((about,),) = connection.execute(
        "select comment from duckdb_tables() where database_name = 'source' and table_name = ?", [name]
    ).fetchall()
    columns = connection.execute(
        "select column_name, comment from duckdb_columns() where database_name = 'source' and table_name = ?",
        [name],
    ).fetchall()
    connection.execute(f'comment on table marts."{name}" is {_quoted(about)}')
    for column, comment in columns:
        connection.execute(f'comment on column marts."{name}"."{column}" is {_quoted(comment)}')


def _write_withheld(connection: duckdb.DuckDBPyConnection, withheld: list[Withheld], floor: int) -> None:
    connection.execute(_text("withheld.sql"))
    rows = [
        [one.indicator_code, one.scope.name.lower(), one.reason, one.reason_zh, floor] for one in withheld
    ]
    if rows:
        connection.executemany("insert into marts.withheld values (?, ?, ?, ?, ?)", rows)


def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _quoted(text: object) -> str:
    escaped = str(text).replace("'", "''")
    return f"'{escaped}'"
