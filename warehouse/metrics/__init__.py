"""Metrics of the warehouse itself: what came in, what was decided, what waits, and how old the newest is."""

from warehouse.metrics.exposition import write_exposition
from warehouse.metrics.measuring import Measurement, measure

__all__ = ["Measurement", "measure", "write_exposition"]
