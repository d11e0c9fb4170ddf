"""Celery workers, and the ledger in a lakehouse: whatever is taken away, the month comes out right, once.

They are of the long tier; their sibling is the loss of scheduler and database under the local executor
(`test_server.py`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.airflow.conftest import FIRST
from tests.airflow.served import served
from tests.airflow.server import REDIS, Server
from tests.prepared import Prepared
from tests.services.programs import required
from warehouse import ledger, samples

pytestmark = [pytest.mark.airflow, pytest.mark.services, pytest.mark.long]

MONTHS = list(FIRST.through(FIRST + 1))


@pytest.fixture(scope="module")
def server(prepared: Prepared) -> Iterator[Server]:
    """A server with two workers, the submissions of two months taken in by one of them."""
    required(REDIS, "redis-server")
    with (
        served(prepared, Server.keep_ledger_in_a_lake) as made,
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("PGPASSFILE", str(made.password_file))
        samples.write(made.settings, MONTHS[-1])
        made.start_broker()
        for name in ("api-server", "dag-processor", "scheduler"):
            made.start(name)
        for number in (1, 2):
            made.start("worker", f"worker-{number}")
        made.wait_until_ready({"scheduler", "dag-processor"})
        assert made.end_of(made.api.trigger("ingest_submissions")) == "success"
        yield made


def test_a_month_survives_the_loss_of_the_worker_that_makes_it(server: Server) -> None:
    run = server.api.trigger("publish_monthly", str(MONTHS[0]))
    server.wait_for(run, "build", "running")

    server.kill("worker-1")
    server.restart("worker-2")

    assert server.end_of(run) == "success"
    assert server.published() == [f"{MONTHS[0]}/r1"]


def test_a_month_survives_the_loss_of_the_broker_with_all_that_it_held(server: Server) -> None:
    run = server.api.trigger("publish_monthly", str(MONTHS[1]))
    server.wait_for(run, "build", "running")

    server.kill("broker")
    time.sleep(2)
    server.start_broker()

    assert server.end_of(run) == "success"
    assert server.published() == [f"{month}/r1" for month in MONTHS]


def test_the_ledger_of_the_lakehouse_holds_every_submission_once(server: Server) -> None:
    query = "select count(*) > 0, count(*) = count(distinct submission_id) from ledger.submissions"

    with ledger.reading(server.settings) as connection:
        found = connection.execute(query).fetchall()

    assert found == [(True, True)]
    assert not server.settings.ledger_file.exists()
