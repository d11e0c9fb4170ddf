"""The board as it is now, or as it was when the ledger was last free: a page never waits for a writer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse import obligations
from warehouse.errors import LedgerBusyError, MinshengError
from warehouse.obligations import Board
from warehouse.periods import Period
from warehouse.settings import Settings

MONTHS = 12
_REMEMBERED = 24
_last_known: dict[tuple[Path, Period | None], Board] = {}


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
        return Shown(_last_known.get((settings.home, last)), is_current=False)
    _remember((settings.home, last), board)
    return Shown(board, is_current=True)


def at_a_glance(settings: Settings) -> Board | str:
    """Return the newest month of a district's board, or why it cannot be shown now."""
    try:
        return obligations.board(settings, 1)
    except LedgerBusyError:
        return "台账正在写入，稍后刷新"
    except (MinshengError, OSError) as error:
        return str(error)


def _remember(key: tuple[Path, Period | None], board: Board) -> None:
    """Keep the boards that were shown last, and not every month that anybody ever asked for."""
    _last_known.pop(key, None)
    _last_known[key] = board
    for oldest in list(_last_known)[:-_REMEMBERED]:
        _last_known.pop(oldest, None)
