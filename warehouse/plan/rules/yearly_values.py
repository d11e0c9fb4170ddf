"""Rules of the values that a yearly target has in single years."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, each
from warehouse.plan.rules.windows import window
from warehouse.plan.shapes import TARGET_VALUES


@each(TARGET_VALUES)
def year_of_single_window(row: Row, plan: Plan) -> Iterator[Finding]:
    """Only a target that repeats yearly has a value for each year."""
    target = plan.targets.get(row.text("target_code"))
    if target and target.text("repeat") == "none":
        code = row.text("target_code")
        yield "target_code", f"{code} has one window, and its value stands in targets.csv: repeat it yearly"


@each(TARGET_VALUES)
def year_outside_window(row: Row, plan: Plan) -> Iterator[Finding]:
    """A value is for a reporting year of its target's window."""
    target, year, years = plan.targets.get(row.text("target_code")), row.integer("year"), plan.years
    months = window(target) if target else None
    if year is None or months is None or years is None:
        return
    first, last = (years.of(month) for month in months)
    if not first <= year <= last:
        yield "year", f"{year} is not a year of the window, which has {first} to {last}"
