"""Servers for tests: the database of Airflow is migrated once in a run, and copied for each of them."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.airflow.conftest import MINIMAL
from tests.airflow.server import Server
from tests.prepared import Prepared


@contextmanager
def served(prepared: Prepared, *settle: Callable[[Server], None]) -> Iterator[Server]:
    """Give a server whose database is migrated, with the smallest plan; ends and removes all of it.

    What else it is to be is settled before its environment is read.
    """
    migrated = prepared.folder("server", _migrate)
    with _place() as folder:
        _copy(migrated, folder)
        with _running(folder) as server:
            for one in settle:
                one(server)
            server.read_compose("celery", "CeleryExecutor")
            server.initialise()
            yield server


def _migrate(kept: Path) -> None:
    with _place() as folder, _running(folder) as server:
        server.read_compose("celery", "CeleryExecutor")
        server.migrate()
        server.stop_to_be_copied()
        _copy(folder, kept)


@contextmanager
def _running(folder: Path) -> Iterator[Server]:
    server = Server(folder, MINIMAL)
    try:
        server.start_database()
        yield server
    finally:
        server.stop()


@contextmanager
def _place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="minsheng-") as name:
        # PostgreSQL runs as an account of its own where the tests run as root.
        Path(name).chmod(0o711)
        yield Path(name)


def _copy(source: Path, target: Path) -> None:
    """Copy database and secrets, with their owners."""
    subprocess.run(["cp", "-a", source / "postgres", source / "secrets", target], check=True)
