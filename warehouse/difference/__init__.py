"""What differs between two editions: every figure that changed, from what to what, and why."""

from warehouse.difference.diff import CAUSES, Cause, Change, Difference, Side, difference, side_of

__all__ = ["CAUSES", "Cause", "Change", "Difference", "Side", "difference", "side_of"]
