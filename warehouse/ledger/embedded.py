"""The ledger as a DuckDB file in the home: one writer at a time, many readers between writers.

DuckDB lets one process write a file and none read beside it. The lock file makes Airflow, the command line
and the tests wait for each other instead of failing; the system drops the lock when its holder dies.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb

from warehouse import durable
from warehouse.clock import TIMEZONE
from warehouse.errors import LedgerBusyError, MinshengError
from warehouse.ledger.attachment import Attachment
from warehouse.ledger.formats import FORMAT, STORAGE_VERSION, format_of
from warehouse.ledger.preparation import Preparation
from warehouse.ledger.turns import wait_for
from warehouse.settings import Settings

_CLOSED = 0o027
_HELD = "Could not set lock on file"
"""What DuckDB says, with the process, where another one has the file open."""
_POLL_SECONDS = 0.5


@dataclass(frozen=True)
class EmbeddedFile:
    """`warehouse.duckdb` in the home."""

    settings: Settings

    @property
    def name(self) -> str:
        """The file's path."""
        return str(self.settings.ledger_file)

    def exists(self) -> bool:
        """Tell whether the file is there."""
        return self.settings.ledger_file.exists()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Hold the lock alone, and open the file."""
        with (
            closed_to_others(),
            self._locked(fcntl.LOCK_EX),
            self._connect({"storage_compatibility_version": STORAGE_VERSION}, read_only=False) as connection,
        ):
            yield connection

    @contextmanager
    def upgrading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the file as its only writer, and first keep a copy of it where an older release made it."""
        if self.exists():
            with self.writing() as connection:
                found = format_of(connection)
                is_older = found is not None and found.number < FORMAT
                if is_older:
                    connection.execute("checkpoint")
            if found and is_older:
                self._keep_copy(found.number)
        with self.writing() as connection:
            yield connection

    def _keep_copy(self, number: int) -> None:
        with self._locked(fcntl.LOCK_SH):
            copy = self.settings.backup_folder / f"warehouse-format-{number}.duckdb"
            copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            durable.copy(self.settings.ledger_file, copy)

    @contextmanager
    def preparing(self) -> Iterator[Preparation]:
        """Hold the lock throughout: no other process can open the file beside a writer."""
        with self.writing() as connection:
            yield Preparation(connection, nullcontext)

    @contextmanager
    def sharing(self) -> Iterator[Attachment]:
        """Share the lock, which keeps writers out."""
        with self._locked(fcntl.LOCK_SH):
            yield Attachment(self.name)

    @contextmanager
    def reading(self, attachment: Attachment) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the file beside other readers."""
        with self._connect(dict(attachment.configuration), read_only=True) as connection:
            yield connection

    def _locked(self, kind: int) -> AbstractContextManager[None]:
        return locked(self.settings.ledger_lock, kind, self.settings.lock_seconds)

    @contextmanager
    def _connect(
        self, configuration: dict[str, str], *, read_only: bool
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        config: dict[str, str | bool | int | float | list[str]] = {**configuration}
        with self._opened(config, read_only=read_only) as connection:
            # A bar would be written to standard output, into what `--json` prints there.
            connection.execute(f"set TimeZone = '{TIMEZONE}'; set enable_progress_bar = false")
            try:
                yield connection
            except (duckdb.IOException, duckdb.FatalException) as error:
                raise MinshengError(
                    f"The ledger {self.name} cannot be read or written ({str(error).splitlines()[0]}): see "
                    "that its disk has room; where the file is damaged, make it again as docs/runbook.md says"
                ) from error

    def _opened(
        self, config: dict[str, str | bool | int | float | list[str]], *, read_only: bool
    ) -> duckdb.DuckDBPyConnection:
        """Open the file; wait for a program that has it open without asking for the lock, such as a shell."""
        give_up_at = time.monotonic() + self.settings.lock_seconds
        while True:
            try:
                return duckdb.connect(self.name, read_only=read_only, config=config)
            except duckdb.IOException as error:
                reason = str(error).splitlines()[0]
                is_held = _HELD in reason
                if not is_held or time.monotonic() >= give_up_at:
                    kind = LedgerBusyError if is_held else MinshengError
                    raise kind(
                        f"The ledger {self.name} cannot be opened ({reason}): close the program that holds "
                        "it and try again, or restore it from a backup where none does"
                    ) from error
            time.sleep(_POLL_SECONDS)


@contextmanager
def closed_to_others() -> Iterator[None]:
    """Let no stranger read what is made in the block: the ledger's log is a file of its own."""
    before = os.umask(_CLOSED)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def locked(path: Path, kind: int, seconds: float) -> Iterator[None]:
    """Hold a lock file, alone or shared; raises LedgerBusyError when it is not given in time."""
    if not path.exists():
        # Whoever can read a file can lock it, and hold everybody up.
        path.touch(mode=0o600)
    # A reader may see the home on a read-only file system: it shares the lock without a right to write it.
    mode = "r" if kind == fcntl.LOCK_SH else "a+"
    with path.open(mode, encoding="utf-8") as lock:
        wait_for(lambda: _is_given(lock, kind), lambda: _holder(lock), seconds)
        if kind == fcntl.LOCK_EX:
            lock.truncate(0)
            lock.write(f"process {os.getpid()}")
            lock.flush()
        yield


def _is_given(lock: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(lock: IO[str]) -> str:
    lock.seek(0)
    return lock.read() or "a reader"
