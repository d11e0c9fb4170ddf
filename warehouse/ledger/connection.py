"""Opening the ledger: one writer at a time, many readers between writers, whoever they are.

DuckDB lets one process write a file and none read beside it. The lock file makes Airflow, the command line
and the tests wait for each other instead of failing; the system drops the lock when its holder dies.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import duckdb

from warehouse.clock import TIMEZONE
from warehouse.errors import LedgerBusyError, MinshengError
from warehouse.settings import Settings

# Clients from DuckDB 1.4 on can open the file, and a stale write-ahead log of another file is refused.
STORAGE_VERSION = "v1.4.0"
_SCHEMA = Path(__file__).with_name("schema.sql")
_POLL_SECONDS = 0.1


@contextmanager
def writing(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger as its only user, made and up to date; raises LedgerBusyError when it stays held."""
    with _locked(settings, fcntl.LOCK_EX):
        settings.home.mkdir(parents=True, exist_ok=True)
        with _connect(settings, read_only=False) as connection:
            connection.execute(_SCHEMA.read_text(encoding="utf-8"))
            yield connection


@contextmanager
def reading(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger beside other readers; no writer starts meanwhile."""
    with sharing(settings), reading_held(settings) as connection:
        yield connection


@contextmanager
def reading_held(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger read-only inside a block that shares it already."""
    with _connect(settings, read_only=True) as connection:
        yield connection


@contextmanager
def sharing(settings: Settings) -> Iterator[None]:
    """Keep writers out while something else, dbt for one, opens the ledger file read-only by itself."""
    if not settings.ledger_file.exists():
        raise MinshengError(f"There is no ledger under {settings.home}: run `minsheng init` first")
    with _locked(settings, fcntl.LOCK_SH):
        yield


def _connect(settings: Settings, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = (
        {} if read_only else {"storage_compatibility_version": STORAGE_VERSION}
    )
    try:
        connection = duckdb.connect(str(settings.ledger_file), read_only=read_only, config=config)
    except duckdb.IOException as error:
        raise MinshengError(
            f"The ledger {settings.ledger_file} cannot be opened ({_first_line(error)}): "
            "close the program that holds it, or restore it from a backup"
        ) from error
    connection.execute(f"set TimeZone = '{TIMEZONE}'")
    return connection


@contextmanager
def _locked(settings: Settings, kind: int) -> Iterator[None]:
    with _opened_lock(settings, kind) as lock:
        _wait_for(lock, kind, settings)
        if kind == fcntl.LOCK_EX:
            lock.truncate(0)
            lock.write(f"process {os.getpid()}")
            lock.flush()
        yield


def _opened_lock(settings: Settings, kind: int) -> IO[str]:
    # A reader may see the home on a read-only file system: it shares the lock without a right to write it.
    if kind == fcntl.LOCK_SH and settings.ledger_lock.exists():
        return settings.ledger_lock.open(encoding="utf-8")
    settings.home.mkdir(parents=True, exist_ok=True)
    return settings.ledger_lock.open("a+", encoding="utf-8")


def _wait_for(lock: IO[str], kind: int, settings: Settings) -> None:
    give_up_at = time.monotonic() + settings.lock_seconds
    while True:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= give_up_at:
                lock.seek(0)
                raise LedgerBusyError(
                    f"The ledger is held by {lock.read() or 'a reader'} and was not free within "
                    f"{settings.lock_seconds:.0f} seconds: wait for it to end, then run this again"
                ) from None
            time.sleep(_POLL_SECONDS)
        else:
            return


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
