"""The services of docker-compose.yml as plain processes, with a real PostgreSQL and a real Redis.

Commands, environment and executor are those of the file, as Compose reads it; only addresses and folders are
this machine's. What ends by itself is started again, as `restart: unless-stopped` does.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from deployment import keys
from deployment.embedded import Api, Run
from tests.services.postgresql import Cluster, free_port
from warehouse import editions
from warehouse.errors import MinshengError
from warehouse.settings import PROJECT, Settings

BIN = Path(sys.executable).parent
REDIS = shutil.which("redis-server")
_LIVING = """
    select count(*) from job
    where job_type = 'SchedulerJob' and state = 'running' and latest_heartbeat > now() - interval '20 seconds'
"""
_SHORTEN = Path(__file__).with_name("shorten_waits.sql")
# The district's own file, with every switch that docs/deployment.md speaks of turned on.
_SITE = """AIRFLOW__METRICS__STATSD_ON=true
AIRFLOW__METRICS__STATSD_HOST=127.0.0.1
AIRFLOW__METRICS__STATSD_PORT={}
AIRFLOW__METRICS__STATSD_PREFIX=minsheng
AIRFLOW__OPENLINEAGE__DISABLED=false
AIRFLOW__OPENLINEAGE__NAMESPACE=minsheng
AIRFLOW__OPENLINEAGE__TRANSPORT={{"type": "file", "log_file_path": "{}", "append": true}}
"""
# The secrets that name a port; deployment/keys.py makes them from the passwords.
_PLACED = ("database_url", "result_backend", "broker_url")
_GIVE_UP_SECONDS = 240
# As long as docker-compose.yml takes to call a scheduler unhealthy, and some more.
_SILENT_SECONDS = 60
_MOST_SECONDS_OF_A_STEP = 400


@cache
def compose(profiles: str = "", **variables: str) -> dict[str, Any]:
    """Return docker-compose.yml as Compose reads it with these settings."""
    asked = {
        "PATH": os.environ["PATH"], "COMPOSE_PROFILES": profiles,
        "MINSHENG_DATA": "/srv/minsheng", "MINSHENG_USER": "998:998", **variables,
    }  # fmt: skip
    words = [str(BIN / "docker-compose"), "config", "--format", "json"]
    done = subprocess.run(words, env=asked, cwd=PROJECT, check=True, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


class Server:
    """A district's server on this machine: start and stop its services one by one."""

    def __init__(self, folder: Path, plan: Path) -> None:
        self.folder = folder
        self.plan = plan
        self.home = folder / "home"
        self._ports = {name: free_port() for name in ("broker", "api")}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._wanted: dict[str, tuple[list[str], dict[str, str]]] = {}
        self._lock = threading.RLock()
        self._services: dict[str, Any] = {}
        self._heard_at = 0.0
        self.metrics: dict[str, str] = {}
        """Each metric by its name, with the value that came last."""
        self._statsd = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._statsd.bind(("127.0.0.1", 0))
        threading.Thread(target=self._listen, daemon=True).start()
        self.lineage = folder / "lineage.jsonl"
        keys.make_server(folder)
        self._password = (folder / "secrets" / "database_password").read_text()
        self._cluster = Cluster(folder, "airflow", self._password)
        self._ports["postgres"] = self._cluster.port
        self._ledger = self._ledger_data = ""
        self.password_file = folder / "secrets" / "ledger_pgpass"
        """Where libpq finds the password of the lakehouse's catalog."""
        self._site = folder / "site.env"
        self._site.write_text(_SITE.format(self._statsd.getsockname()[1], self.lineage))
        for name in _PLACED:
            secret = folder / "secrets" / name
            secret.write_text(self._here(secret.read_text()))

    @property
    def settings(self) -> Settings:
        """The settings of this district."""
        return Settings(home=self.home, plan=self.plan, ledger=self._ledger, ledger_data=self._ledger_data)

    def keep_ledger_in_a_lake(self) -> None:
        """Make the catalog's database, and set the ledger's place as docs/deployment.md says."""
        self._cluster.create_database("ledger")
        self.password_file.write_text(f"127.0.0.1:*:ledger:airflow:{self._password}\n")
        self.password_file.chmod(0o600)
        catalog = f"host=127.0.0.1 port={self._cluster.port} dbname=ledger user=airflow"
        self._ledger = f"ducklake:postgres:{catalog}"
        self._ledger_data = str(self.folder / "rows")
        with self._site.open("a") as site:
            site.write(f"MINSHENG_LEDGER={self._ledger}\nMINSHENG_LEDGER_DATA={self._ledger_data}\n")
            site.write(f"PGPASSFILE={self.password_file}\n")

    def work_for(self, listing: Path) -> None:
        """Set the list of districts as docs/districts.md says."""
        with self._site.open("a") as site:
            site.write(f"MINSHENG_DISTRICTS={listing}\n")

    def read_compose(self, profiles: str, executor: str) -> None:
        """Take the services of the file, with this executor."""
        settings = {"MINSHENG_EXECUTOR": executor, "MINSHENG_DATA": str(self.folder)}
        self._services = compose(profiles, **settings)["services"]

    @property
    def api(self) -> Api:
        """A client that is signed in as the first user, whom `migrate` made."""
        return self._signed_in("admin", (self.folder / "secrets" / "admin_password").read_text())

    def start_database(self) -> None:
        """Start PostgreSQL; the first time, make its cluster, which asks for the password."""
        self._cluster.make()
        self._want("database", self._cluster.server(), dict(os.environ))
        self._cluster.wait_until_ready()

    def start_broker(self) -> None:
        """Start Redis with the password of the district."""
        config = str(self.folder / "secrets" / "broker.conf")
        words = [str(REDIS), config, "--save", "", "--bind", "127.0.0.1"]
        self._want("broker", [*words, "--port", str(self._ports["broker"])], dict(os.environ))
        _until(lambda: _answers(self._ports["broker"]))

    def migrate(self) -> None:
        """Run the service that runs once, and make the database that the image of PostgreSQL makes itself."""
        self._cluster.create_database("airflow")
        self._run_once((PROJECT / "deployment" / "migrate.sh").read_text())

    def initialise(self) -> None:
        """Run the end of that service again: home or districts may be others than when it ran."""
        script = (PROJECT / "deployment" / "migrate.sh").read_text()
        self._run_once(script[script.index("if [ -n") :])

    def make_pools_and_roles(self) -> None:
        """Run the line before it again."""
        self._run_once("python -m deployment.districts")

    def make_account(self, name: str, role: str) -> Api:
        """Make an account with a role as docs/deployment.md says; return a client that is signed in as it."""
        word = secrets.token_urlsafe(16)
        self._run_once(
            f"airflow users create --role {role} --username {name} --firstname 样例 --lastname 样例 "
            f"--email {name}@localhost --password={word} >/dev/null"
        )
        return self._signed_in(name, word)

    def times_of(self, task_id: str) -> dict[str, tuple[datetime, datetime]]:
        """Return from when to when each DAG's newest task of that name ran, by the DAG."""
        with self._metadata() as cursor:
            cursor.execute(
                "select dag_id, start_date, end_date from task_instance "
                "where task_id = %s and end_date is not null order by start_date",
                (task_id,),
            )
            return {dag_id: (began, ended) for dag_id, began, ended in cursor.fetchall()}

    def stop_to_be_copied(self) -> None:
        """Stop the database in good order, and remove the secrets that name its port."""
        self._wanted.pop("database")
        self._cluster.stop()
        self._processes.pop("database").wait()
        for name in _PLACED:
            (self.folder / "secrets" / name).unlink()

    def start(self, name: str, instance: str | None = None) -> None:
        """Start one of Airflow's services."""
        self._want(instance or name, [*self._services[name]["command"]], self._environment(name))

    def wait_until_ready(self, services: set[str]) -> None:
        """Wait until these services are well and every DAG is known."""
        _until(lambda: self.api.is_ready(services, 0.0))

    def kill(self, name: str) -> None:
        """Take a service away with all that it started, without a warning; it stays away."""
        with self._lock:
            self._wanted.pop(name)
            process = self._processes.pop(name)
        try:
            family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            family = []
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        process.wait()

    def restart(self, name: str) -> None:
        """Take a service away and start it again, as it was."""
        with self._lock:
            command, variables = self._wanted[name]
            self.kill(name)
            self._want(name, command, variables)

    def watch(self) -> None:
        """Start again what has ended by itself; called while one waits."""
        with self._lock:
            for name, (command, variables) in list(self._wanted.items()):
                if self._processes[name].poll() is not None:
                    self._want(name, command, variables)

    def shorten_waits(self) -> None:
        """Let the time pass after which a silent task is given up, and a failed one is tried again."""
        with self._metadata() as cursor:
            cursor.execute(_SHORTEN.read_text(encoding="utf-8"))

    def restart_silent_schedulers(self) -> None:
        """Do what the runbook says of an unhealthy container: a scheduler that lost its database may hang.

        The executor then waits for ever for one of its workers to end, so the service does not end by itself.
        """
        if self.living_schedulers():
            self._heard_at = time.monotonic()
        elif time.monotonic() - self._heard_at > _SILENT_SECONDS:
            for name in [one for one in self._wanted if one.startswith("scheduler")]:
                self.restart(name)
            self._heard_at = time.monotonic()

    def living_schedulers(self) -> int:
        """Count the schedulers that have told the metadata lately that they live."""
        with self._metadata() as cursor:
            cursor.execute(_LIVING)
            return int(cursor.fetchone()[0])

    def wait(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, while what has ended by itself is started again."""
        give_up_at = time.monotonic() + _MOST_SECONDS_OF_A_STEP
        while True:
            self.watch()
            try:
                if holds():
                    return
            except (OSError, psycopg2.Error, MinshengError):
                # The API server has no database for the moment.
                pass
            assert time.monotonic() < give_up_at
            time.sleep(0.3)

    def wait_for(self, run: Run, task_id: str, state: str) -> None:
        """Wait until a task of the run is in this state."""
        self.wait(lambda: (task_id, state) in {(one.task_id, one.state) for one in self.api.tasks(run)})

    def end_of(self, run: Run) -> str:
        """Wait for the end of a run and return its state; the minutes before another attempt pass at once."""

        self._heard_at = time.monotonic()

        def has_ended() -> bool:
            self.restart_silent_schedulers()
            self.shorten_waits()
            return self.api.run(run).has_ended

        self.wait(has_ended)
        return self.api.run(run).state

    def published(self) -> list[str]:
        """Return the names of the editions that there are."""
        return [edition.name for edition in editions.editions_of(self.settings)]

    def stop(self) -> None:
        """End everything."""
        for name in sorted(self._wanted, key=lambda one: one in ("database", "broker")):
            self.kill(name)
        self._statsd.close()

    def _signed_in(self, name: str, password: str) -> Api:
        return Api(f"http://127.0.0.1:{self._ports['api']}", name, password)

    def _listen(self) -> None:
        """Keep what comes by StatsD until the socket is closed: one that nobody reads loses what comes."""
        with suppress(OSError):
            while True:
                for line in self._statsd.recv(65536).decode().splitlines():
                    name, _, value = line.partition(":")
                    self.metrics[name] = value

    def _run_once(self, script: str) -> None:
        command = ["sh", "-euc", self._here(script)]
        subprocess.run(
            command, env=self._environment("migrate"), cwd=PROJECT, check=True, timeout=_GIVE_UP_SECONDS
        )

    @contextmanager
    def _metadata(self) -> Iterator[Any]:
        place = {"host": "127.0.0.1", "port": self._cluster.port, "user": "airflow", "dbname": "airflow"}
        with closing(psycopg2.connect(password=self._password, **place)) as connection, connection:
            yield connection.cursor()

    def _want(self, name: str, command: list[str], variables: dict[str, str]) -> None:
        with self._lock, (self.folder / f"{name}.log").open("ab") as log:
            self._wanted[name] = (command, variables)
            cwd = "/" if name == "database" else PROJECT
            self._processes[name] = subprocess.Popen(
                command, env=variables, cwd=cwd, stdout=log, stderr=log, start_new_session=True
            )

    def _environment(self, name: str) -> dict[str, str]:
        kept = {
            one: value for one, value in os.environ.items() if not one.startswith(("AIRFLOW", "MINSHENG"))
        }
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        of_the_file = {one: self._here(value) for one, value in self._services[name]["environment"].items()}
        return kept | of_the_file | {
            "PATH": f"{BIN}{os.pathsep}{kept['PATH']}",
            "PYTHONPATH": str(PROJECT),
            # What the image sets, and the container's own network.
            "AIRFLOW_HOME": str(self.folder / "airflow"),
            "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "deployment" / "plugins"),
            "MINSHENG_HOME": str(self.home),
            "MINSHENG_PLAN": str(self.plan),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self._ports["api"]),
            # Each container has its own; here two schedulers share the address.
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(free_port()),
        }  # fmt: skip

    def _here(self, text: str) -> str:
        places = {
            "@postgres/": f"@127.0.0.1:{self._ports['postgres']}/",
            "@broker:6379": f"@127.0.0.1:{self._ports['broker']}",
            "http://api-server:8080": f"http://127.0.0.1:{self._ports['api']}",
            "/run/secrets/": f"{self.folder / 'secrets'}/",
            "/opt/airflow": str(self.folder / "airflow"),
            "/srv/backups": str(self.folder / "backups"),
        }
        for there, here in places.items():
            text = text.replace(there, here)
        return text


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _until(holds: Any) -> None:
    give_up_at = time.monotonic() + _GIVE_UP_SECONDS
    while not holds():
        assert time.monotonic() < give_up_at
        time.sleep(0.3)
