"""The board as it is now, or as it was when the ledger was last free: a page never waits for a writer."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse import obligations
from warehouse.errors import LedgerBusyError
from warehouse.obligations import Board
from warehouse.periods import Period
from warehouse.settings import Settings

MONTHS = 12
_last_known: dict[Period | None, Board] = {}


@dataclass(frozen=True)
class Shown:
    """What can be shown, and whether it is from now."""

    board: Board | None
    """None where the ledger was held from the start."""
    is_current: bool


def latest(settings: Settings, last: Period | None) -> Shown:
    """Return the board up to a month, from the ledger where it is free, else as it was known last."""
    try:
        _last_known[last] = obligations.board(settings, MONTHS, last)
    except LedgerBusyError:
        return Shown(_last_known.get(last), is_current=False)
    return Shown(_last_known[last], is_current=True)
