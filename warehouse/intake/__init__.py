"""Intake: from the departments' inboxes to the ledger, and back to them with receipts."""

from warehouse.intake.report import IntakeReport
from warehouse.intake.take_in import take_in

__all__ = ["IntakeReport", "take_in"]
