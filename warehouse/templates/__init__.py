"""Templates: the workbook that a department fills in for a month, prefilled with all that is known."""

from warehouse.templates.template import Template, write

__all__ = ["Template", "write"]
