"""A server as docs/deployment.md makes it, from a bare Debian 13 to a published month and a restored home.

What the page tells people to type is typed as it stands. The tests of this file share one server and go on in
their order, as a district does.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deployment.embedded import Api, Run
from tests.deployment import machine as machines
from tests.deployment.machine import Machine
from tests.deployment.pages import typed
from tests.services.postgresql import free_port
from warehouse.errors import MinshengError

pytestmark = [pytest.mark.long, pytest.mark.timeout(5400)]
HOME = "/srv/minsheng/home"
SERVICES = {"database", "api-server", "scheduler", "dag-processor"}
# Departments report on the first; of the others nothing came, which the gate only warns of.
REPORTED, SILENT, INTERRUPTED = "2023-01", "2023-02", "2023-03"
PASSWORD = "of-a-second-person"
_HEALTHY_SECONDS = 300
_RUN_SECONDS = 1200


class District:
    """The server with its district: what one asks of it while it runs."""

    def __init__(self, machine: Machine, port: int) -> None:
        self.run = machine.run
        self.root = machine.root
        self._url = f"http://127.0.0.1:{port}"
        self._clients: dict[str, Api] = {}

    def api(self, user: str = "admin", password: str | None = None) -> Api:
        """Return a client that is signed in, as the first user or as another; signing in takes seconds."""
        if user not in self._clients:
            secret = self.root / "srv/minsheng/secrets/admin_password"
            self._clients[user] = Api(self._url, user, password or secret.read_text())
        return self._clients[user]

    def states(self) -> dict[str, str]:
        """Return each running service with what its health check says."""
        lines = self.run("docker compose ps --format json").stdout.splitlines()
        return {one["Service"]: one["Health"] for one in map(json.loads, filter(None, lines))}

    def wait(self, holds: Callable[[], bool], seconds: int = _RUN_SECONDS) -> None:
        """Wait until something holds; an API server that is starting again answers later."""
        give_up_at = time.monotonic() + seconds
        while True:
            try:
                if holds():
                    return
            except (OSError, MinshengError):
                pass
            assert time.monotonic() < give_up_at, self.run(
                "docker compose ps --all; docker compose logs --tail 20"
            )
            time.sleep(1)

    def wait_until_healthy(self) -> None:
        """Wait until every service says that it is well."""
        self.wait(lambda: self.states() == dict.fromkeys(SERVICES, "healthy"), _HEALTHY_SECONDS)

    def end_of(self, run: Run) -> str:
        """Wait for the end of a run and return its state."""
        self.wait(lambda: self.api().run(run).has_ended)
        return self.api().run(run).state

    def wait_for(self, run: Run, task_id: str, state: str) -> None:
        """Wait until a task of the run is in this state."""
        self.wait(lambda: (task_id, state) in {(one.task_id, one.state) for one in self.api().tasks(run)})

    def approve(self, run: Run) -> str:
        """Approve a month as the second person, once it is asked about; return the run's end."""
        self.wait(lambda: bool(self.api().question(run, "decide")["options"]))
        approve = str(self.api().question(run, "decide")["options"][0])
        self.api("zhangsan", PASSWORD).answer(run, "decide", approve, "it is known who is silent")
        return self.end_of(run)

    def minsheng(self, words: str) -> str:
        """Run a command of the warehouse in the scheduler's container."""
        return self.run(f"docker compose exec -T scheduler minsheng {words}").stdout

    def edition(self, period: str) -> Path:
        """Return the folder of a month's first edition, on the server's disk."""
        return self.root / "srv/minsheng/home/editions" / period / "r1"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """A server on which the page's steps were typed, with this machine's network in `.env`."""
    machines.needed()
    machine, port = Machine(tmp_path_factory.mktemp("deployment")), free_port()
    machine.make()
    try:
        machine.start()
        account, settings, start, groups = typed("deployment.md", "## On a server")
        machine.run(account)
        machine.run(settings)
        machine.run(f"cat >> .env <<END\n{_here(port)}\nEND")
        machine.run(start)
        district = District(machine, port)
        district.wait_until_healthy()
        machine.run(groups)
        (create,) = typed("deployment.md", "### Who may do what")
        district.run(f"{create.rstrip().replace('exec', 'exec -T')} --password {PASSWORD}")
        district.minsheng(f"sample --through {REPORTED}")
        yield district
    finally:
        machine.stop()


def _here(port: int) -> str:
    own = {
        "MINSHENG_UI_PORT": port,
        "MINSHENG_PROCESSORS": min(4, os.cpu_count() or 1),
        "MINSHENG_PIP_INDEX": os.environ.get("PIP_INDEX_URL", ""),
        "MINSHENG_DEBIAN_MIRROR": os.environ.get("MINSHENG_DEBIAN_MIRROR", ""),
    }
    return "\n".join(f"{name}={value}" for name, value in own.items())


def test_every_service_runs_as_the_districts_account_which_the_image_does_not_know(
    district: District,
) -> None:
    owner = district.run("id -u minsheng").stdout

    users = {name: district.run(f"docker compose exec -T {name} id -u").stdout for name in SERVICES}

    assert users == dict.fromkeys(SERVICES, owner)
    assert district.run("docker compose exec -T scheduler id -un", check=False).returncode != 0


def test_an_image_holds_what_runs_and_no_developers_tool(district: District) -> None:
    tools = ("pytest", "mypy", "ruff", "playwright", "uv", "pip", "hatchling")

    found = district.run(
        f"docker compose exec -T scheduler sh -c 'command -v {' '.join(tools)}'", check=False
    )
    bytes_of_it = int(
        district.run("docker image inspect --format '{{.Size}}' minsheng:0.2.0-chromium").stdout
    )

    assert found.stdout == ""
    assert bytes_of_it < 2_300_000_000


def test_a_departments_files_get_receipts_that_it_alone_can_read(district: District) -> None:
    run = district.api().trigger("ingest_submissions")

    assert district.end_of(run) == "success"
    own = district.run(f"sudo -u hrss sh -c 'cat {HOME}/outbox/HRSS/*.receipt.json | head -c 2'").stdout
    others = district.run(f"sudo -u hrss ls {HOME}/outbox/HEALTH", check=False)
    assert own.startswith("{")
    assert others.returncode != 0


def test_a_scheduler_that_is_killed_in_a_task_loses_nothing(district: District) -> None:
    run = district.api().trigger("publish_monthly", INTERRUPTED)
    district.wait_for(run, "build", "running")

    district.run("kill -9 $(docker inspect --format '{{.State.Pid}}' minsheng-scheduler-1)")

    assert district.approve(run) == "success"
    assert (district.edition(INTERRUPTED) / "manifest.json").exists()


def test_a_month_is_published_with_its_pdf_when_another_person_approves(district: District) -> None:
    run = district.api().trigger("publish_monthly", SILENT)

    assert district.approve(run) == "success"
    edition = district.edition(SILENT)
    assert json.loads((edition / "manifest.json").read_text())["approved_by"] == ["zhangsan"]
    assert (edition / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_scheduler_that_is_stopped_in_a_task_waits_for_it(district: District) -> None:
    district.wait_until_healthy()
    run = district.api().trigger("maintain_warehouse")
    district.wait_for(run, "back_up", "running")

    district.run("docker compose stop scheduler")
    ended = {one.task_id: one.state for one in district.api().tasks(run)}
    district.run("docker compose start scheduler")

    assert ended["back_up"] == "success"
    assert district.end_of(run) == "success"


def test_what_is_lost_is_restored_from_the_nightly_backup(district: District) -> None:
    backup = re.search(r"minsheng-([\d-]+)\.tar", district.run("ls /srv/minsheng/backups").stdout)
    assert backup
    (restore,) = typed("deployment.md", "### When it is lost")
    again = typed("deployment.md", "## On a server")[0].splitlines()[1]
    district.run(f"docker compose down && rm -r {HOME} && {again}")

    # Its last line walks the chain of the restored editions.
    district.run(restore.replace("<day>", backup[1]).replace("exec scheduler", "exec -T scheduler"))

    assert (district.edition(SILENT) / "manifest.json").exists()
    district.wait_until_healthy()
