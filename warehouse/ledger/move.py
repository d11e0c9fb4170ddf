"""Moving the ledger to another place, and proving that both hold the same."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.errors import MinshengError
from warehouse.ledger.connection import reading, upgrading
from warehouse.ledger.formats import tables
from warehouse.ledger.place import place_of
from warehouse.logs import logger
from warehouse.settings import Settings

_ROWS_AT_A_TIME = 100_000


@dataclass(frozen=True)
class Moved:
    """Where the ledger lies now, and the rows of each of its tables, the same in both places."""

    moved_from: str
    moved_to: str
    rows: dict[str, int]


def move(source: Settings, target: Settings) -> Moved:
    """Copy the whole ledger in one transaction and compare the two; the source stays as it is.

    A second call finds the same rows there and changes nothing. Raises MinshengError where the target holds
    another ledger, or does not hold the same after the copy.
    """
    with reading(source) as old:
        before = _contents(old)
        with upgrading(target) as new:
            if not _is_empty(new):
                _assert_equal(before, _contents(new), "holds another ledger already: name an empty place")
            else:
                _copy(old, new)
    with reading(target) as new:
        _assert_equal(
            before, _contents(new), "does not hold the same after the copy: remove it and move again"
        )
    moved = Moved(
        place_of(source).name, place_of(target).name, {table: rows for table, (rows, _) in before.items()}
    )
    logger(__name__).info("moved", moved_from=moved.moved_from, moved_to=moved.moved_to, **moved.rows)
    return moved


def _contents(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, str]]:
    """Return each table's count of rows and the sum of their hashes, whatever their order."""
    query = "select count(*), cast(coalesce(sum(hash(rows)), 0) as varchar) from {} as rows"
    return {table: connection.execute(query.format(table)).fetchall()[0] for table in tables(connection)}


def _is_empty(connection: duckdb.DuckDBPyConnection) -> bool:
    return not any(rows for rows, _ in _contents(connection).values())


def _copy(old: duckdb.DuckDBPyConnection, new: duckdb.DuckDBPyConnection) -> None:
    new.begin()
    for table in tables(old):
        new.register("rows_given", old.execute(f"from {table}").to_arrow_reader(_ROWS_AT_A_TIME))
        new.execute(f"insert into {table} by name from rows_given")
        new.unregister("rows_given")
    new.commit()


def _assert_equal(
    expected: dict[str, tuple[int, str]], found: dict[str, tuple[int, str]], reason: str
) -> None:
    if differing := sorted(table for table in expected if expected[table] != found.get(table)):
        raise MinshengError(f"The other place {reason} ({', '.join(differing)} differ)")
