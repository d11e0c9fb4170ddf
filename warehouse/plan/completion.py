"""What a plan says by leaving it out: settings, thresholds and words that the ledger has of every plan."""

from __future__ import annotations

from pathlib import Path

from warehouse.plan.columns import Table
from warehouse.plan.derivation import DERIVED, is_level, reported
from warehouse.plan.folder import Cell, Plan, Row
from warehouse.plan.shapes import INDICATORS, SETTINGS, STATUS_RULES, SUPERVISION_RULES, TARGETS

DEFAULTS = Path(__file__).with_name("defaults")
"""The folder with the rows that a plan has where it has no others, as tables like the plan's own."""
DEFAULT_ROWS: dict[Table, str | None] = {SETTINGS: "key", STATUS_RULES: "pace", SUPERVISION_RULES: None}
"""The tables with default rows, and the column by which a plan has rows of its own.

None: one row of the plan's own replaces all of them.
"""
MILESTONES = frozenset({"done", "evidence"})
_CAPS = frozenset({"at_most", "below", "zero"})


def complete(plan: Plan, defaults: Plan) -> None:
    """Add to a plan what it leaves out, so that the rules, the version and the ledger know one plan.

    A table of which something could not be read stays as it is: what it leaves out is not known.
    """
    for table, column in DEFAULT_ROWS.items():
        if plan.is_whole(table) and (plan.of(table) or table.optional):
            _add_rows(plan, table, column, defaults)
    for indicator in plan.of(INDICATORS):
        if indicator.text("aggregation") in DERIVED and indicator.integer("lag_months") == 0:
            _say(indicator, "lag_months", greatest_lag(indicator, plan))
    for target in plan.of(TARGETS):
        if target.is_empty("after_window"):
            _say(target, "after_window", "counts" if _can_come_late(target, plan) else "ends")


def greatest_lag(indicator: Row, plan: Plan) -> int:
    """Return after how many months the last figure comes of those that a derived indicator rests on."""
    return max((row.integer("lag_months") or 0 for row in reported(indicator, plan)), default=0)


def ends_with_window(target: Row) -> str | None:
    """Return the column for which nothing that comes after a target's window can complete it, if one does."""
    if target.text("repeat") == "yearly":
        return "repeat"
    if target.text("judged") == "throughout":
        return "judged"
    if target.text("comparator") in _CAPS:
        return "comparator"
    return "pace" if target.text("pace") == "level" else None


def _can_come_late(target: Row, plan: Plan) -> bool:
    """Return whether what comes after the window counts by default: works, and levels once reached."""
    indicator = plan.indicator_of(target)
    is_reached = target.text("judged") == "as_reached" and indicator is not None and is_level(indicator, plan)
    return (is_reached or target.text("comparator") in MILESTONES) and ends_with_window(target) is None


def _add_rows(plan: Plan, table: Table, column: str | None, defaults: Plan) -> None:
    own = plan.of(table)
    if column is None:
        plan.rows[table.name] = own or list(defaults.of(table))
        return
    known = {row.text(column) for row in own}
    plan.rows[table.name] = [row for row in defaults.of(table) if row.text(column) not in known] + own


def _say(row: Row, column: str, value: str | int) -> None:
    row.cells[column] = Cell(str(value), row.line, value)
