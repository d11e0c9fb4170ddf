"""Writing in two steps: what is made ready beside other writers, and what is written in one's turn."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Preparation:
    """The ledger, open: to be read at any time, and to be written in the turn alone.

    What was read before the turn may have been overtaken by another machine's turn.
    """

    connection: duckdb.DuckDBPyConnection
    turn: Callable[[], AbstractContextManager[None]]
    """Wait for the turn among all writers and hold it for a block; raises LedgerBusyError."""
