"""A PostgreSQL of its own: a fresh cluster in a temporary folder, on a free port of the loopback address."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.programs import required

_START_SECONDS = 60.0


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a cluster until the block ends; gives `host=… port=… user=… dbname=…`."""
    programs = _programs()
    # The server refuses to run as root, and a private folder of root's would be closed to it.
    account = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    shutil.chown(folder, account)
    port = _free_port()
    try:
        _run(
            account,
            programs / "initdb",
            "--auth=trust",
            "--username=minsheng",
            "--no-sync",
            "-D",
            folder / "data",
        )
        words = ("-D", folder / "data", "-h", "127.0.0.1", "-p", port, "-k", folder)
        server = subprocess.Popen(
            _as(account, programs / "postgres", *words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_until_ready(account, programs, port)
            yield f"host=127.0.0.1 port={port} user=minsheng dbname=postgres"
        finally:
            _stop(account, programs, folder, server)
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return required(installed[-1] if installed else None, "postgresql").parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as(account: str, *words: object) -> list[str]:
    prefix = ["runuser", "-u", account, "--"] if os.geteuid() == 0 else []
    return [*prefix, *map(str, words)]


def _run(account: str, *words: object) -> None:
    subprocess.run(_as(account, *words), check=True, capture_output=True)


def _wait_until_ready(account: str, programs: Path, port: int) -> None:
    give_up_at = time.monotonic() + _START_SECONDS
    words = _as(account, programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", port)
    while subprocess.run(words, check=False).returncode != 0:
        assert time.monotonic() < give_up_at, "PostgreSQL did not start"
        time.sleep(0.1)


def _stop(account: str, programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    _run(account, programs / "pg_ctl", "stop", "-D", folder / "data", "-m", "fast", "-w")
    server.wait(30)
