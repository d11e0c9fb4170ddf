"""A program of the deployment ends in good order: one sentence and a status, however it is ended."""

from __future__ import annotations

import functools
import signal
from collections.abc import Callable

import click

from warehouse.errors import MinshengError

_ENDED_BY_SIGNAL = 128


class _Ended(BaseException):
    """A signal asks us to end; the blocks on the way out stop what they have started."""

    def __init__(self, number: int) -> None:
        self.status = _ENDED_BY_SIGNAL + number


def orderly(function: Callable[[], None]) -> Callable[[], int]:
    """Let a program end its children on SIGINT, SIGTERM and SIGHUP, and say its errors in one sentence."""

    @functools.wraps(function)
    def program() -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _end)
        try:
            function()
        except MinshengError as error:
            click.echo(f"minsheng: {error}", err=True)
            return error.exit_status
        except _Ended as ended:
            click.echo("Ended. Running it again completes what is missing.", err=True)
            return ended.status
        return 0

    return program


def _end(number: int, _frame: object) -> None:
    # A second Ctrl-C must not interrupt the ending that the first one began.
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise _Ended(number)
