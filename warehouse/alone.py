"""One process at a time: one backup to a file, one restore of a home, one rebuilt ledger."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import MinshengError

LOCK = ".lock"


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Let nobody else make `target` meanwhile; raises MinshengError where somebody does.

    The lock beside it goes with the last that holds it.
    """
    path = target.with_name(f".{target.name}{LOCK}")
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = _locked(path, target)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _locked(path: Path, target: Path) -> int:
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise MinshengError(f"{target} is being made by another process: wait for it to end") from None
        if _is(path, lock):
            return lock
        os.close(lock)  # another let go of it, and removed it, meanwhile


def _is(path: Path, lock: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(lock))
    except FileNotFoundError:
        return False
