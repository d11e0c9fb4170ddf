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
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from tests.services.programs import required

_START_SECONDS = 60.0


class Cluster:
    """A cluster under a folder that other accounts may pass through; whoever uses it starts its server."""

    def __init__(self, folder: Path, user: str, password: str = "") -> None:
        self.data = folder / "postgres"
        self.port = free_port()
        self._user = user
        self._password = password

    def make(self) -> None:
        """Make the cluster, unless it is there; everybody is trusted where there is no password."""
        if (self.data / "PG_VERSION").exists():
            return
        self.data.mkdir(exist_ok=True)
        _give(self.data)
        words: list[object] = [f"--username={self._user}", "--no-sync", "-D", self.data]
        if not self._password:
            _run(_programs() / "initdb", *words, "--auth=trust")
            return
        secret = self.data.with_name("postgres-password")
        secret.write_text(self._password)
        _give(secret)
        _run(_programs() / "initdb", *words, "--auth=scram-sha-256", f"--pwfile={secret}")

    def server(self) -> list[str]:
        """Return the command that runs the cluster's server; no test loses the machine under it."""
        words = ("-D", self.data, "-h", "127.0.0.1", "-p", self.port, "-k", self.data, "-c", "fsync=off")
        return _as_its_account(_programs() / "postgres", *words)

    def create_database(self, name: str) -> None:
        """Make a database in the running cluster."""
        words = [
            str(_programs() / "createdb"),
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-U",
            self._user,
            name,
        ]
        subprocess.run(words, env={**os.environ, "PGPASSWORD": self._password}, check=True)

    def wait_until_ready(self) -> None:
        """Wait until the server answers."""
        give_up_at = time.monotonic() + _START_SECONDS
        words = [str(_programs() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(words, check=False).returncode != 0:
            assert time.monotonic() < give_up_at, "PostgreSQL did not start"
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the server; sessions that are open are ended."""
        _run(_programs() / "pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w")


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a cluster until the block ends; gives `host=… port=… user=… dbname=…`."""
    _programs()
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    # A private folder of root's would be closed to the server's account.
    folder.chmod(0o711)
    cluster = Cluster(folder, "minsheng")
    try:
        cluster.make()
        server = subprocess.Popen(cluster.server(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            cluster.wait_until_ready()
            yield f"host=127.0.0.1 port={cluster.port} user=minsheng dbname=postgres"
        finally:
            cluster.stop()
            server.wait(30)
    finally:
        shutil.rmtree(folder)


def new_database(place: str, name: str, template: str = "template1") -> str:
    """Make a database in the cluster at `place`, with all that is in a template; return its place.

    Nobody may be connected to the template.
    """
    with closing(psycopg2.connect(place)) as connection:
        connection.autocommit = True
        connection.cursor().execute(f'create database "{name}" template "{template}"')
    return f"{place.rpartition(' ')[0]} dbname={name}"


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return required(installed[-1] if installed else None, "postgresql").parent


def _account() -> str:
    # The server refuses to run as root.
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _give(path: Path) -> None:
    shutil.chown(path, _account())


def _as_its_account(*words: object) -> list[str]:
    prefix = ["runuser", "-u", _account(), "--"] if os.geteuid() == 0 else []
    return [*prefix, *map(str, words)]


def _run(*words: object) -> None:
    subprocess.run(_as_its_account(*words), cwd="/", check=True, capture_output=True)
