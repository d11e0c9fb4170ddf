"""Loading a plan folder into the ledger: append-only, and only when it says something new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.clock import now
from warehouse.errors import MinshengError
from warehouse.plan.check import examine
from warehouse.plan.faults import Fault
from warehouse.plan.folder import Plan, Row
from warehouse.plan.kinds import DATE, INTEGER, NUMBER, Kind
from warehouse.plan.reading import read
from warehouse.plan.shapes import TABLES, Table
from warehouse.plan.version import version_of

if TYPE_CHECKING:
    import pyarrow

_SHOWN_FAULTS = 3


def load(connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Load the plan folder as the newest version unless it already is; return its version, a SHA-256.

    Raises MinshengError, and loads nothing, where `check` finds a fault, or where the folder is another
    district's plan than the one that was reported under here. A plan that goes back to an earlier version
    becomes the newest again, with the rows that the ledger has.
    """
    checked = examine(folder)
    if checked.faults:
        raise MinshengError(_sentence(folder, checked.faults))
    _refuse_another_plan(connection, folder, checked.plan.setting("plan_code"))
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


def _refuse_another_plan(connection: duckdb.DuckDBPyConnection, folder: Path, plan_code: str) -> None:
    """Keep a forgotten --plan from judging one district's reports by another's targets."""
    reported_under = connection.execute(
        "select value from plan.current_settings "
        "where key = 'plan_code' and exists (select 1 from ledger.submissions)"
    ).fetchone()
    if reported_under is not None and reported_under != (plan_code,):
        raise MinshengError(
            f"This home has submissions under the plan {reported_under[0]}, and {folder} is {plan_code}: "
            "name this home's own plan by --plan or MINSHENG_PLAN, or give the other one a home of its own"
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
    return pyarrow.int32() if kind is INTEGER else pyarrow.string()


def _sentence(folder: Path, faults: list[Fault]) -> str:
    shown = "; ".join(str(fault) for fault in faults[:_SHOWN_FAULTS])
    more = f", and {len(faults) - _SHOWN_FAULTS} more" if len(faults) > _SHOWN_FAULTS else ""
    return (
        f"The plan {folder} has {len(faults)} faults: {shown}{more}. "
        "Nothing was loaded: mend them, then see `minsheng plan check` come out clean"
    )
