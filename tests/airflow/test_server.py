"""The production deployment as plain processes: whatever is taken away, the month comes out right, once."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from deployment.embedded import Run
from tests.airflow.conftest import FIRST, MINIMAL
from tests.airflow.server import REDIS, Server, served
from tests.services.programs import required
from warehouse import editions, ledger, samples
from warehouse.errors import MinshengError
from warehouse.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.services]

MONTHS = list(FIRST.through(FIRST + 2))
_GIVE_UP_SECONDS = 400


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server with its database migrated and the submissions of three months in its inboxes."""
    required(REDIS, "redis-server")
    with tempfile.TemporaryDirectory(prefix="minsheng-") as name:
        folder = Path(name)
        # PostgreSQL runs as an account of its own where the tests run as root.
        folder.chmod(0o711)
        with served(folder, MINIMAL) as made:
            samples.write(settings_of(made), MONTHS[-1])
            yield made


def test_with_the_local_executor_a_month_survives_the_loss_of_scheduler_and_database(server: Server) -> None:
    server.read_compose("", "LocalExecutor")
    for name in ("api-server", "dag-processor", "scheduler"):
        server.start(name)
    server.wait_until_ready({"scheduler", "dag-processor"})
    taken_in = server.api.trigger("ingest_submissions")
    waited(server, lambda: server.api.run(taken_in).has_ended)
    first = server.api.trigger("publish_monthly", str(MONTHS[0]))

    waited(server, lambda: state(server, first, "build") == "running")
    server.restart("scheduler")
    waited(server, lambda: state(server, first, "check") == "running")
    server.kill("database")
    time.sleep(2)
    server.start_database()

    assert ended(server, first) == "success"
    assert published(server) == [f"{MONTHS[0]}/r1"]


def test_with_two_schedulers_a_month_is_published_once_though_one_of_them_is_lost(server: Server) -> None:
    server.start("scheduler", "scheduler-2")
    waited(server, lambda: server.living_schedulers() == 2)
    second = server.api.trigger("publish_monthly", str(MONTHS[1]))

    waited(server, lambda: state(server, second, "build") == "running")
    server.kill("scheduler")

    assert ended(server, second) == "success"
    assert published(server) == [f"{month}/r1" for month in MONTHS[:2]]


def test_with_celery_a_month_survives_the_loss_of_the_worker_that_makes_it(server: Server) -> None:
    for name in ("scheduler-2", "api-server", "dag-processor"):
        server.kill(name)
    server.read_compose("celery", "CeleryExecutor")
    server.start_broker()
    server.start("api-server")
    server.start("dag-processor")
    waited(server, server.api.answers)
    server.start("scheduler")
    server.start("worker", "worker-1")
    server.wait_until_ready({"scheduler", "dag-processor"})
    third = server.api.trigger("publish_monthly", str(MONTHS[2]))

    waited(server, lambda: state(server, third, "build") == "running")
    server.start("worker", "worker-2")
    server.kill("worker-1")

    assert ended(server, third) == "success"
    assert published(server) == [f"{month}/r1" for month in MONTHS]


def test_nothing_was_taken_in_twice(server: Server) -> None:
    query = "select count(*) - count(distinct submission_id) from ledger.submissions"

    with ledger.reading(settings_of(server)) as connection:
        assert connection.execute(query).fetchall() == [(0,)]


def test_metrics_come_where_a_district_wants_them(server: Server) -> None:
    server.metrics.setblocking(False)

    first = server.metrics.recv(4096).decode()

    assert first.startswith("minsheng.")


def test_lineage_names_the_dags_and_their_tasks(server: Server) -> None:
    events = [json.loads(line) for line in server.lineage.read_text(encoding="utf-8").splitlines()]

    assert {event["job"]["namespace"] for event in events} == {"minsheng"}
    assert {"publish_monthly", "publish_monthly.build", "publish_monthly.publish"} <= {
        event["job"]["name"] for event in events
    }


def settings_of(server: Server) -> Settings:
    return Settings(home=server.home, plan=server.plan)


def state(server: Server, run: Run, task_id: str) -> str:
    return next(task.state for task in server.api.tasks(run) if task.task_id == task_id)


def published(server: Server) -> list[str]:
    return [edition.name for edition in editions.editions_of(settings_of(server))]


def ended(server: Server, run: Run) -> str:
    """Wait for the end of a run; the two minutes before a second attempt pass at once."""

    def has_ended() -> bool:
        server.shorten_waits()
        return server.api.run(run).has_ended

    waited(server, has_ended)
    return server.api.run(run).state


def waited(server: Server, holds: Callable[[], bool]) -> None:
    """Wait until something holds, while what has ended by itself is started again."""
    give_up_at = time.monotonic() + _GIVE_UP_SECONDS
    while True:
        server.watch()
        try:
            if holds():
                return
        except (OSError, psycopg2.Error, MinshengError):
            # The API server has no database for the moment.
            pass
        assert time.monotonic() < give_up_at
        time.sleep(0.3)
