"""Ending on a signal: Ctrl-C and SIGTERM stop a command, which then says so in one sentence."""

from __future__ import annotations

import signal
import sys
from types import FrameType

_WORDS = {signal.SIGINT: "Interrupted", signal.SIGTERM: "Terminated", signal.SIGHUP: "Hung up"}
_received: list[signal.Signals] = []


def listen() -> None:
    """Let the first signal interrupt the work in hand; a second one ends the process at once.

    A signal that the caller of the process ignores (`nohup`, a job in the background) stays ignored.
    """
    for number in _WORDS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def received() -> signal.Signals | None:
    """Return the signal that interrupted the work, if one did."""
    return _received[0] if _received else None


def ended_by(number: signal.Signals) -> int:
    """Say on standard error that a signal ended the command; return the conventional exit status."""
    sys.stderr.write(f"minsheng: {_WORDS[number]}: run the same command again to complete it\n")
    return 128 + number


def _interrupt(number: int, _frame: FrameType | None) -> None:
    _received.append(signal.Signals(number))
    for listened in _WORDS:
        if signal.getsignal(listened) is _interrupt:
            signal.signal(listened, signal.SIG_DFL)
    # What DuckDB, dbt and `finally` clauses stop at in good order.
    raise KeyboardInterrupt
