"""The board as it is now, or as it was when the ledger was last free: a page never waits for a writer."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse import obligations
from warehouse.errors import LedgerBusyError
from warehouse.obligations import Board
from warehouse.periods import Period
from warehouse.settings import Settings

MONTHS = 12
_REMEMBERED = 24
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
        board = obligations.board(settings, MONTHS, last)
    except LedgerBusyError:
        return Shown(_last_known.get(last), is_current=False)
    _remember(last, board)
    return Shown(board, is_current=True)


def _remember(last: Period | None, board: Board) -> None:
    """Keep the boards that were shown last, and not every month that anybody ever asked for."""
    _last_known.pop(last, None)
    _last_known[last] = board
    for oldest in list(_last_known)[:-_REMEMBERED]:
        _last_known.pop(oldest, None)
