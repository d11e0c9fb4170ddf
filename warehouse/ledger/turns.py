"""Taking turns: asking for a lock until it is given or the patience ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from gettext import gettext as _

from warehouse.errors import LedgerBusyError

_POLL_SECONDS = 0.1


def wait_for(is_given: Callable[[], bool], holder: Callable[[], str], seconds: float) -> None:
    """Ask until the lock is given; raises LedgerBusyError, naming the holder, after so many seconds."""
    give_up_at = time.monotonic() + seconds
    while not is_given():
        if time.monotonic() >= give_up_at:
            raise LedgerBusyError(
                _(
                    "The ledger is held by {holder} and was not free within {seconds:.0f} seconds: wait for "
                    "it to end, then run this again"
                ).format(holder=holder(), seconds=seconds)
            )
        time.sleep(_POLL_SECONDS)
