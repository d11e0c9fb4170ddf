"""Restoring a home: unpacked and proved beside its place, then put there in one step."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse import durable
from warehouse.backup.unpack import unpack
from warehouse.backup.whole import Whole, prove
from warehouse.errors import MinshengError
from warehouse.logs import logger
from warehouse.settings import Settings

# This very command opened it to write its log.
_LOGS = "logs"


@dataclass(frozen=True)
class Restored:
    """A home that was restored, and what was proved of it."""

    home: str
    holds: Whole


def restore(settings: Settings, file: Path) -> Restored:
    """Put the backup's home in the place of one that holds nothing; a MinshengError changes nothing.

    Killed at any instant it leaves no home or a whole one, and can be run again.
    """
    home = settings.home
    beside = home.with_name(f".{home.name}.restoring")
    with _alone(beside):
        _refuse_what_holds_something(home)
        durable.remove(beside)
        try:
            holds = prove(settings, beside, unpack(file, beside))
            durable.sync_all()
            _put(beside, home)
        except OSError as error:
            raise MinshengError(
                f"{home} could not be restored ({error.strerror or error}): see that its disk has room "
                "and that its folder may be written to"
            ) from error
        finally:
            durable.remove(beside)
    logger(__name__).info("restored", file=str(file), home=str(home), submissions=holds.submissions)
    return Restored(str(home), holds)


def _refuse_what_holds_something(home: Path) -> None:
    if home.is_mount():
        raise MinshengError(
            f"{home} is a mount point, which no folder can replace: restore into one below it"
        )
    if home.exists() and any(path.name != _LOGS for path in home.iterdir()):
        raise MinshengError(
            f"{home} holds something, and a restore never overwrites: move it away, or name another --home"
        )


def _put(beside: Path, home: Path) -> None:
    if (home / _LOGS).is_dir():
        (home / _LOGS).rename(beside / _LOGS)
    beside.rename(home)
    durable.sync(home.parent)


@contextmanager
def _alone(beside: Path) -> Iterator[None]:
    """Let one restore at a time work on a home."""
    beside.parent.mkdir(parents=True, exist_ok=True)
    with beside.with_name(f"{beside.name}.lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MinshengError("Another restore of this home is under way: wait for it to end") from None
        yield
