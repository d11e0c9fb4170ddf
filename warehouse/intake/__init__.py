"""Intake: from the departments' inboxes to the ledger, and back to them with receipts."""

from warehouse.intake.rebuild import rebuild
from warehouse.intake.report import IntakeReport
from warehouse.intake.take_in import take_in

__all__ = ["IntakeReport", "rebuild", "take_in"]
