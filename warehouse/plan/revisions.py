"""What a plan folder says of a target otherwise than the plan in force, where only a revision may say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import duckdb

from warehouse.plan.folder import Plan
from warehouse.plan.shapes import TARGET_REVISIONS, TARGET_VALUES, TARGETS

_VALUES = ("target_value", "upper_value")
_STATED = ("comparator", *_VALUES, "tolerance", "window_start", "window_end", "repeat", "superseded_by")
_IN_FORCE = "select {columns} from plan.{table} semi join plan.current_version using (plan_version)"
_EVERY_YEAR = 0

_Key = tuple[str, int]
"""A target, and the year that the values are of, or 0 for those of every other year."""
_Stated = Mapping[str, object]


def changes_in_place(connection: duckdb.DuckDBPyConnection, plan: Plan) -> list[str]:
    """Return in words what a plan without faults changes of the targets of the plan in force in the ledger.

    A value (of one year too), a comparator and a window are never changed, and no target is taken away. A
    target gives way to another with a row in target_revisions.csv; that is no change in place.
    """
    return list(_changes(_in_force(connection), _in_folder(plan), _revised(plan)))


def _changes(old: dict[_Key, _Stated], new: dict[_Key, _Stated], revised: set[str]) -> Iterator[str]:
    codes = {code for code, _ in old}
    for code, year in sorted(old.keys() | {key for key in new if key[0] in codes}):
        before = old.get((code, year), old[code, _EVERY_YEAR])
        after = new.get((code, year), new.get((code, _EVERY_YEAR)))
        if after is None:
            if year == _EVERY_YEAR:
                yield f"{code} is removed"
            continue
        for column in (column for column in _STATED if column in before and column in after):
            is_revision = column == "superseded_by" and code in revised
            if before[column] != after[column] and not is_revision:
                of_year = f" of {year}" if year else ""
                yield f"{code} {column}{of_year} {_shown(before[column])} → {_shown(after[column])}"


def _in_force(connection: duckdb.DuckDBPyConnection) -> dict[_Key, _Stated]:
    of_all = _IN_FORCE.format(columns=", ".join(("target_code", *_STATED)), table=TARGETS.name)
    of_years = _IN_FORCE.format(
        columns=", ".join(("target_code", "year", *_VALUES)), table=TARGET_VALUES.name
    )
    stated: dict[_Key, _Stated] = {
        (code, _EVERY_YEAR): dict(zip(_STATED, values, strict=True))
        for code, *values in connection.execute(of_all).fetchall()
    }
    for code, year, *values in connection.execute(of_years).fetchall():
        stated[code, year] = dict(zip(_VALUES, values, strict=True))
    return stated


def _in_folder(plan: Plan) -> dict[_Key, _Stated]:
    stated: dict[_Key, _Stated] = {
        (code, _EVERY_YEAR): {column: target.stored(column) for column in _STATED}
        for code, target in plan.targets.items()
    }
    for row in plan.of(TARGET_VALUES):
        year = row.integer("year") or _EVERY_YEAR
        stated[row.text("target_code"), year] = {column: row.stored(column) for column in _VALUES}
    return stated


def _revised(plan: Plan) -> set[str]:
    return {revision.text("target_code") for revision in plan.of(TARGET_REVISIONS)}


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "empty" if value is None else str(value)
