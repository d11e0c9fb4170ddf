"""The plan as data: a folder of CSV files and a text, checked, and loaded under a version of its own."""

from warehouse.plan.check import Checked, check, examine
from warehouse.plan.faults import Fault
from warehouse.plan.index import Index, index
from warehouse.plan.load import code_in_force, load, version_in

__all__ = ["Checked", "Fault", "Index", "check", "code_in_force", "examine", "index", "load", "version_in"]
