"""Obligations: what each department owes for a month, and what came of it."""

from warehouse.obligations.standing import GateStanding, Obligation, Status, status

__all__ = ["GateStanding", "Obligation", "Status", "status"]
