"""Obligations: what each department owes for a month, and what came of it."""

from warehouse.obligations.overview import Board, BoardMonth, BoardRow, board
from warehouse.obligations.owed import Owed, owed_on
from warehouse.obligations.publication import Calendar, calendar_of, open_month, watch_publication
from warehouse.obligations.receipts import receipt_of
from warehouse.obligations.reminders import NOTICE, Reminders, remind
from warehouse.obligations.standing import GateStanding, Obligation, Status, standings, status

__all__ = [
    "NOTICE",
    "Board",
    "BoardMonth",
    "BoardRow",
    "Calendar",
    "GateStanding",
    "Obligation",
    "Owed",
    "Reminders",
    "Status",
    "board",
    "calendar_of",
    "open_month",
    "owed_on",
    "receipt_of",
    "remind",
    "standings",
    "status",
    "watch_publication",
]
