"""Loading a plan folder into the ledger: append-only, and only when it says something new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.clock import now
from warehouse.errors import MinshengError
from warehouse.plan.check import examine
from warehouse.plan.columns import Table
from warehouse.plan.faults import Fault
from warehouse.plan.folder import Plan, Row
from warehouse.plan.kinds import DATE, INTEGER, NUMBER, YEAR, Kind
from warehouse.plan.reading import read
from warehouse.plan.revisions import changes_in_place
from warehouse.plan.shapes import TABLES
from warehouse.plan.version import version_of

if TYPE_CHECKING:
    import pyarrow

_SHOWN = 3


def load(connection: duckdb.DuckDBPyConnection, folder: Path, *, is_published: bool = False) -> str:
    """Load the plan folder as the newest version unless it already is; return its version, a SHA-256.

    Raises MinshengError, and loads nothing, where `check` finds a fault. Once something was received here, or
    published (which the ledger does not know), it also raises where the folder is another district's plan, or
    changes a target in place. A plan that goes back to an earlier version becomes the newest again, with the
    rows that the ledger has.
    """
    checked = examine(folder)
    if checked.faults:
        raise MinshengError(_sentence(folder, checked.faults))
    if is_published or connection.execute("select 1 from ledger.submissions limit 1").fetchone():
        _refuse_another_plan(connection, folder, checked.plan.setting("plan_code"))
        _refuse_changes_in_place(connection, folder, checked.plan)
    plan_version = version_of(checked.plan)
    if connection.execute("select plan_version from plan.current_version").fetchone() == (plan_version,):
        return plan_version
    connection.begin()
    try:
        _append(connection, checked.plan, plan_version)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    return plan_version


def version_in(folder: Path) -> str:
    """Return the version that a plan folder would be loaded under, whether or not it has faults."""
    return version_of(read(folder))


def code_in_force(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Return the code of the plan that a ledger was loaded with last; None before the first."""
    found = connection.execute("select value from plan.current_settings where key = 'plan_code'").fetchone()
    return found[0] if found else None


def _refuse_another_plan(connection: duckdb.DuckDBPyConnection, folder: Path, plan_code: str) -> None:
    """Keep a forgotten --plan from judging one district's reports by another's targets."""
    in_force = code_in_force(connection)
    if in_force not in (None, plan_code):
        raise MinshengError(
            f"This home has submissions or editions under the plan {in_force}, and {folder} is {plan_code}"
            ": name this home's own plan by --plan or MINSHENG_PLAN, or give the other one a home of its own"
        )


def _refuse_changes_in_place(connection: duckdb.DuckDBPyConnection, folder: Path, plan: Plan) -> None:
    """Keep a target from moving in silence once somebody was judged by it."""
    if changes := changes_in_place(connection, plan):
        raise MinshengError(
            f"The plan {folder} changes in place what this home is judged by: {_first(changes)}. "
            "Nothing was loaded: put the old row back, add one under a new code, name that in superseded_by "
            "of the old one, and write who approved it, when and why in target_revisions.csv (target_code, "
            "replaced_by, revised_on, approved_by, reason_zh); or give the changed plan a home of its own"
        )


def _append(connection: duckdb.DuckDBPyConnection, plan: Plan, plan_version: str) -> None:
    is_known = connection.execute(
        "select 1 from plan.versions where plan_version = ?", [plan_version]
    ).fetchone()
    connection.execute(
        "insert into plan.versions select ?, coalesce(max(sequence), 0) + 1, ? from plan.versions",
        [plan_version, now()],
    )
    for table in () if is_known else TABLES:
        if plan.of(table):
            rows = _arrow(table, plan.of(table), plan_version)
            connection.from_arrow(rows).insert_into(f"plan.{table.name}")


def _arrow(table: Table, rows: list[Row], plan_version: str) -> pyarrow.Table:
    import pyarrow

    columns = {"plan_version": pyarrow.array([plan_version] * len(rows))}
    for column in table.columns:
        values = [row.stored(column.name) for row in rows]
        columns[column.name] = pyarrow.array(values, _arrow_type(column.kind))
    return pyarrow.table(columns)


def _arrow_type(kind: Kind) -> pyarrow.DataType:
    import pyarrow

    if kind is NUMBER:
        return pyarrow.decimal128(24, 6)
    if kind is DATE:
        return pyarrow.date32()
    return pyarrow.int32() if kind in (INTEGER, YEAR) else pyarrow.string()


def _sentence(folder: Path, faults: list[Fault]) -> str:
    return (
        f"The plan {folder} has {len(faults)} faults: {_first(faults)}. "
        "Nothing was loaded: mend them, then see `minsheng plan check` come out clean"
    )


def _first(things: Sequence[object]) -> str:
    more = f", and {len(things) - _SHOWN} more" if len(things) > _SHOWN else ""
    return "; ".join(map(str, things[:_SHOWN])) + more
