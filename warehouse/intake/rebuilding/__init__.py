"""Making the ledger again from the archive alone."""

from warehouse.intake.rebuilding.rebuilt import Rebuilt, rebuild
from warehouse.intake.rebuilding.verdicts import Differing

__all__ = ["Differing", "Rebuilt", "rebuild"]
