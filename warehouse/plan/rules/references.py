"""Rules of every table alike: a key names one row, and a code that is referred to exists."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.columns import Column, Table
from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import PlaceFinding, whole
from warehouse.plan.shapes import TABLES


@whole
def duplicate_key(plan: Plan) -> Iterator[PlaceFinding]:
    """No two rows of a table have the same key."""
    for table in TABLES:
        first: dict[tuple[str, ...], Row] = {}
        for row in plan.of(table):
            known = first.setdefault(row.key, row)
            if known is not row and all(row.key):
                yield row, table.key[-1], f"{' '.join(row.key)} stands in line {known.line} already"


@whole
def unknown_reference(plan: Plan) -> Iterator[PlaceFinding]:
    """A code that refers to a row of another table, or of the same, is that of a row."""
    for table in TABLES:
        for column in table.columns:
            if column.refers_to:
                yield from _unknown(plan, table, column)


def _unknown(plan: Plan, table: Table, column: Column) -> Iterator[PlaceFinding]:
    target = next(other for other in TABLES if other.name == column.refers_to)
    if not plan.of(target) or not plan.is_whole(target):  # the code may stand in what could not be read
        return
    known = {row.text_as_written(target.key[0]) for row in plan.of(target)}
    for row in plan.of(table):
        for code in row.codes(column.name):
            if code not in known:
                yield row, column.name, f"{code} is not in {target.file}"
