"""What differs between two editions: every figure that changed, from what to what, and why."""

from warehouse.difference.diff import CAUSES, Cause, Change, Difference, Side, difference, side_of
from warehouse.difference.mart import EDITION_CHANGES, write_changes

__all__ = [
    "CAUSES",
    "EDITION_CHANGES",
    "Cause",
    "Change",
    "Difference",
    "Side",
    "difference",
    "side_of",
    "write_changes",
]
