"""Supervision: the items that an edition shows, and the sheets that ask departments about them."""

from warehouse.supervision.items import items_of
from warehouse.supervision.sheets import write_sheets

__all__ = ["items_of", "write_sheets"]
