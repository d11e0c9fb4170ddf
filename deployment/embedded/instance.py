"""At most one Airflow a home: a lock that every process of it inherits, so what an earlier one left is found.

The lock belongs to the open file, which the services, their workers and their tasks all share. It is free
only when the last of them is gone; until then the processes that have the file open are what is left.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from warehouse import durable
from warehouse.errors import MinshengError

_LEAVE_SECONDS = 3.0
# The time between taking the lock and writing down who took it, many times over.
_INTRODUCTION_SECONDS = 0.5


@contextmanager
def only_one(folder: Path, url: str) -> Iterator[int]:
    """Hold the home's Airflow alone and yield the lock's descriptor, for the services to inherit.

    Ends what a killed instance left running; raises MinshengError when a living one holds it.
    """
    lock, card = folder / "instance.lock", folder / "instance.json"
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, lock, card)
        leader = psutil.Process()
        content = {"pid": leader.pid, "started": leader.create_time(), "url": url}
        durable.write(card, json.dumps(content).encode())
        yield descriptor
        card.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def end_all(lock: Path) -> None:
    """Kill every process that has the lock file open, except this one; what they did can be done again."""
    while left := holders(lock):
        for process in left:
            _kill(process)
        psutil.wait_procs(left, timeout=_LEAVE_SECONDS)


def holders(lock: Path) -> list[psutil.Process]:
    """Return the other processes that have the lock file open."""
    return [
        process
        for process in psutil.process_iter()
        if process.pid != os.getpid() and _has_open(process, lock)
    ]


def _take(descriptor: int, lock: Path, card: Path) -> None:
    if _lock(descriptor):
        return
    time.sleep(_INTRODUCTION_SECONDS)
    if (url := _url_of_living(card)) is not None:
        raise MinshengError(
            f"Airflow is already running for this home, at {url}: end it with Ctrl-C, then run this again"
        )
    end_all(lock)
    while not _lock(descriptor):
        time.sleep(0.1)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _url_of_living(card: Path) -> str | None:
    try:
        content = json.loads(card.read_text(encoding="utf-8"))
        started = psutil.Process(content["pid"]).create_time()
    except (FileNotFoundError, psutil.NoSuchProcess):
        return None
    return str(content["url"]) if started == content["started"] else None


def _has_open(process: psutil.Process, lock: Path) -> bool:
    try:
        return any(file.path == str(lock.resolve()) for file in process.open_files())
    except (psutil.AccessDenied, psutil.NoSuchProcess):
        return False


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return
