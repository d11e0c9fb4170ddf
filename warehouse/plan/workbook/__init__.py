"""A plan folder as one workbook, and back: what a person edits who has a spreadsheet and no text editor."""

from warehouse.plan.workbook.export import Exported, export
from warehouse.plan.workbook.taking import Taken, take

__all__ = ["Exported", "Taken", "export", "take"]
