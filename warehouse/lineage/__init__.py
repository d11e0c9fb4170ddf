"""Lineage: from a published figure down to the files and rows behind it, and from a row up to its figures."""

from warehouse.lineage.trace import Figure, Row, Trace, Use, figures_of, uses_of

__all__ = ["Figure", "Row", "Trace", "Use", "figures_of", "uses_of"]
