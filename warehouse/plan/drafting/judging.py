"""How a drafted target is judged: its tolerance, when it is judged and how it moves towards its end."""

from __future__ import annotations

from decimal import Decimal

from warehouse.plan.drafting.indicators import DONE, Indicator
from warehouse.plan.drafting.readings import Statement

_TOLERANCE = Decimal("0.5")
_TOLERANCE_SHARE = Decimal("0.05")


def tolerance(statement: Statement) -> Decimal | None:
    """Return by how much a figure about a value may differ: half a point, or one part in twenty."""
    if statement.comparator != "about" or not statement.value:
        return None
    is_rate = statement.unit in ("%", "‰") and statement.value > _TOLERANCE * 2
    return _TOLERANCE if is_rate else statement.value * _TOLERANCE_SHARE


def judged(statement: Statement, indicator: Indicator) -> str:
    """Return when a target is judged: a total or a milestone once reached, what is kept all the time."""
    if statement.comparator == DONE:
        return "as_reached"
    if indicator.aggregation == "sum" and statement.comparator in ("at_least", "above"):
        return "as_reached"
    return "throughout" if statement.is_held and indicator.aggregation != "sum" else "at_end"


def pace(statement: Statement, indicator: Indicator) -> str:
    """Return the pace: a total by a straight line, a cap and what is kept in full from the first month."""
    if statement.comparator in ("zero", "declines", "rises"):
        return "level"
    if indicator.aggregation == "sum":
        return "linear"
    return "level" if statement.is_held or statement.comparator in ("at_most", "below") else "none"
