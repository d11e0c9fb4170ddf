"""Airflow's own services as child processes: started together, watched, and ended with all they started."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deployment.embedded import instance
from deployment.embedded.api import Api
from deployment.embedded.configuration import environment, folder, password
from warehouse.errors import MinshengError
from warehouse.settings import PROJECT, Settings

# The api-server reads the tasks' logs from disk itself; log servers would bind every address of the machine.
# No triggerer: nothing is deferred, a wait for a person is the scheduler's, and so are late runs.
_COMMANDS = {
    "api-server": ("api-server",),
    "dag-processor": ("dag-processor",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
}
_START_SECONDS = 180.0
# The executor's own shutdown hangs at times; a task that is cut off here goes on at the next start.
_STOP_SECONDS = 5.0
_POLL_SECONDS = 0.3

Processes = dict[str, subprocess.Popen[bytes]]


@dataclass(frozen=True)
class Airflow:
    """A running Airflow: its address, its REST API, and its services, to be watched while one waits."""

    url: str
    api: Api
    processes: Processes
    logs: Path

    def check(self) -> None:
        """Raise MinshengError, with the end of its log, when a service has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                log = self.logs / f"{name}.log"
                raise MinshengError(
                    f"Airflow's {name} ended by itself with status {process.returncode}; "
                    f"its log {log} ends with: {_end_of(log)}"
                )


@contextmanager
def running(settings: Settings, port: int | None = None) -> Iterator[Airflow]:
    """Run Airflow for this home until the block ends, at the given port or at any free one.

    Raises MinshengError when the port is taken, another Airflow of this home lives, or a service does not
    start.
    """
    home, port = folder(settings), _free(port)
    url, logs = f"http://127.0.0.1:{port}", home / "logs" / "services"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with instance.only_one(home, url) as lock:
        variables = environment(settings, port)
        logs.mkdir(parents=True, exist_ok=True)
        processes: Processes = {}
        try:
            _prepare(variables, logs / "prepare.log", lock)
            started_at = time.time()
            airflow = Airflow(url, Api(url, "admin", password(settings)), processes, logs)
            for name, words in _COMMANDS.items():
                if name == "scheduler":
                    # A task that finds no API server fails, and is tried again minutes later.
                    _wait(airflow, airflow.api.answers)
                command = [sys.executable, "-m", "airflow", *words]
                processes[name] = _start(command, variables, logs / f"{name}.log", lock)
            _wait(airflow, lambda: airflow.api.is_ready(set(processes), started_at))
            yield airflow
        finally:
            _stop(processes, home / "instance.lock")


def _free(port: int | None) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port or 0))
        except OSError:
            raise MinshengError(
                f"Port {port} of this machine is taken: run this again with MINSHENG_UI_PORT set to another"
            ) from None
        return int(probe.getsockname()[1])


def _start(command: list[str], variables: Mapping[str, str], log: Path, lock: int) -> subprocess.Popen[bytes]:
    # A session of its own: a Ctrl-C in the terminal reaches only us, and we end the services in good order.
    with log.open("ab") as stream:
        return subprocess.Popen(
            command, env=variables, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
            start_new_session=True, pass_fds=(lock,),
        )  # fmt: skip


def _prepare(variables: Mapping[str, str], log: Path, lock: int) -> None:
    status = _start([sys.executable, "-m", "deployment.embedded.prepare"], variables, log, lock).wait()
    if status != 0:
        raise MinshengError(f"Airflow's metadata could not be made ready; {log} ends with: {_end_of(log)}")


def _wait(airflow: Airflow, is_ready: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + _START_SECONDS
    while not is_ready():
        airflow.check()
        if time.monotonic() > give_up_at:
            raise MinshengError(
                f"Airflow was not ready within {_START_SECONDS:.0f} seconds: see the logs in {airflow.logs}"
            )
        time.sleep(_POLL_SECONDS)


def _stop(processes: Processes, lock: Path) -> None:
    for process in processes.values():
        process.terminate()
    give_up_at = time.monotonic() + _STOP_SECONDS
    for process in processes.values():
        try:
            process.wait(max(0.0, give_up_at - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    instance.end_all(lock)


def _end_of(log: Path, lines: int = 5) -> str:
    return " | ".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
