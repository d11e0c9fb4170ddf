"""The items of supervision that an edition shows."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.published import MARTS_FILE, Edition

_IS_THERE = """
    select count(*) > 0
    from duckdb_tables()
    where schema_name = 'marts' and table_name = 'supervision_items'
"""
_ITEMS = "select * from marts.supervision_items order by level desc, months_in_row desc, item_code"
Item = dict[str, Any]
"""A row of `marts.supervision_items` by column name; docs/data-dictionary.md describes the columns."""


def items_of(edition: Edition) -> list[Item]:
    """Return the items of an edition, the gravest first; none of an edition from before there were any."""
    with duckdb.connect(str(edition.path / MARTS_FILE), read_only=True) as marts:
        ((is_there,),) = marts.execute(_IS_THERE).fetchall()
        if not is_there:
            return []
        found = marts.execute(_ITEMS)
        names = [name for name, *_ in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def is_open(item: Item) -> bool:
    """Return whether an item still waits to be closed."""
    return item["closed_period"] is None
