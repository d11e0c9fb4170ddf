"""The ledger (台账) of a month as offices work with it: an overview, then sheet by sheet."""

from warehouse.snapshot.workbook.workbook import TEXT_STAYS_TEXT, WORKBOOK, workbook_of

__all__ = ["TEXT_STAYS_TEXT", "WORKBOOK", "workbook_of"]
