"""Obligations: what each department owes for a month, and what came of it."""

from warehouse.obligations.owed import Owed, owed_on
from warehouse.obligations.reminders import NOTICE, Reminders, remind
from warehouse.obligations.standing import GateStanding, Obligation, Status, standings, status

__all__ = [
    "NOTICE",
    "GateStanding",
    "Obligation",
    "Owed",
    "Reminders",
    "Status",
    "owed_on",
    "remind",
    "standings",
    "status",
]
