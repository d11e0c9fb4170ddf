"""Restoring a home: unpacked and proved beside its place, then put there in one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse import durable
from warehouse.alone import alone
from warehouse.backup.encryption import decrypt, is_encrypted
from warehouse.backup.unpack import unpack
from warehouse.backup.whole import Whole, prove
from warehouse.errors import MinshengError
from warehouse.home import PASSAGE
from warehouse.logs import logger
from warehouse.settings import Settings

# This very command opened it to write its log.
_LOGS = "logs"


@dataclass(frozen=True)
class Restored:
    """A home that was restored, and what was proved of it."""

    home: str
    holds: Whole


def restore(settings: Settings, file: Path, identity: Path | None = None) -> Restored:
    """Put the backup's home in the place of one that holds nothing; a MinshengError changes nothing.

    `identity` is the file with the private key that opens an encrypted backup.

    Killed at any instant it leaves no home or a whole one, and can be run again.
    """
    home = settings.home
    beside = home.with_name(f".{home.name}.restoring")
    with alone(home):
        _refuse_what_holds_something(home)
        durable.remove(beside)
        try:
            with _plain(file, home.with_name(f".{home.name}.decrypted"), identity) as plain:
                holds = prove(settings, beside, unpack(plain, beside))
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


@contextmanager
def _plain(file: Path, beside: Path, identity: Path | None) -> Iterator[Path]:
    """Give the backup, or its plain form for as long as it is read."""
    if not (file.is_file() and is_encrypted(file)):
        yield file
        return
    beside.unlink(missing_ok=True)  # what a killed restore left
    try:
        decrypt(file, beside, identity)
        yield beside
    finally:
        beside.unlink(missing_ok=True)


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
    beside.chmod(PASSAGE)
    beside.rename(home)
    durable.sync(home.parent)
