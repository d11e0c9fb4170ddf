"""Rule of what comes after a target's window."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.completion import ends_with_window
from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, each
from warehouse.plan.shapes import TARGETS


@each(TARGETS)
def nothing_counts_after_window(target: Row, _plan: Plan) -> Iterator[Finding]:
    """What is of one year, held throughout, capped or due from the first month is not completed later."""
    column = ends_with_window(target)
    if column and target.text("after_window") == "counts":
        reason = f"nothing after the window can complete a target of {column} {target.text(column)}"
        yield "after_window", f"{reason}: write ends, or leave it empty"
