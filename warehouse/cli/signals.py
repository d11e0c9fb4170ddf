"""Ending on a signal: Ctrl-C and SIGTERM stop a command, which then says so in one sentence."""

from __future__ import annotations

import os
import signal
import sys
import threading
from gettext import gettext as _
from types import FrameType

_LISTENED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SECONDS_TO_END = 5.0
_received: list[signal.Signals] = []


def listen() -> None:
    """Let the first signal interrupt the work in hand; a second one ends the process at once.

    Work that does not end within five seconds is left where it is: any step may be killed and run again. (A
    rollback of DuckDB after an interrupted query, within SQLAlchemy, was seen to go on for ever.)

    A signal that the caller of the process ignores (`nohup`, a job in the background) stays ignored.
    """
    for number in _LISTENED:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def received() -> signal.Signals | None:
    """Return the signal that interrupted the work, if one did."""
    return _received[0] if _received else None


def ended_by(number: signal.Signals) -> int:
    """Say on standard error that a signal ended the command; return the conventional exit status."""
    ended = {
        signal.SIGINT: _("Interrupted: run the same command again to complete it"),
        signal.SIGTERM: _("Terminated: run the same command again to complete it"),
        signal.SIGHUP: _("Hung up: run the same command again to complete it"),
    }
    sys.stderr.write(f"minsheng: {ended[number]}\n")
    return 128 + number


def _interrupt(number: int, _frame: FrameType | None) -> None:
    _received.append(signal.Signals(number))
    for listened in _LISTENED:
        if signal.getsignal(listened) is _interrupt:
            signal.signal(listened, signal.SIG_DFL)
    last_resort = threading.Timer(_SECONDS_TO_END, _leave, [signal.Signals(number)])
    last_resort.daemon = True
    last_resort.start()
    # What DuckDB, dbt and `finally` clauses stop at in good order.
    raise KeyboardInterrupt


def _leave(number: signal.Signals) -> None:
    status = ended_by(number)
    sys.stderr.flush()
    os._exit(status)
