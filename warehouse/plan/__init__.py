"""The plan as data: a folder of CSV files, loaded into the ledger under a version of its own."""

from warehouse.plan.load import load

__all__ = ["load"]
