"""The production deployment as plain processes: whatever is taken away, the month comes out right, once."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.airflow.conftest import FIRST
from tests.airflow.served import served
from tests.airflow.server import Server
from tests.prepared import Prepared
from warehouse import ledger, samples

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.services]

MONTHS = list(FIRST.through(FIRST + 1))


@pytest.fixture(scope="module")
def server(prepared: Prepared) -> Iterator[Server]:
    """A server with its database migrated and the submissions of two months in its inboxes."""
    with served(prepared) as made:
        samples.write(made.settings, MONTHS[-1])
        yield made


@pytest.fixture(scope="module")
def events(server: Server) -> list[dict[str, Any]]:
    """What came by OpenLineage."""
    return [json.loads(line) for line in server.lineage.read_text(encoding="utf-8").splitlines()]


def test_with_the_local_executor_a_month_survives_the_loss_of_scheduler_and_database(server: Server) -> None:
    server.read_compose("", "LocalExecutor")
    for name in ("api-server", "dag-processor", "scheduler"):
        server.start(name)
    server.wait_until_ready({"scheduler", "dag-processor"})
    taken_in = server.api.trigger("ingest_submissions")
    server.wait(lambda: server.api.run(taken_in).has_ended)
    first = server.api.trigger("publish_monthly", str(MONTHS[0]))

    server.wait_for(first, "build", "running")
    server.restart("scheduler")
    server.wait_for(first, "check", "running")
    server.kill("database")
    time.sleep(2)
    server.start_database()

    assert server.end_of(first) == "success"
    assert server.published() == [f"{MONTHS[0]}/r1"]


@pytest.mark.long
def test_with_two_schedulers_a_month_is_published_once_though_one_of_them_is_lost(server: Server) -> None:
    server.start("scheduler", "scheduler-2")
    server.wait(lambda: server.living_schedulers() == 2)
    second = server.api.trigger("publish_monthly", str(MONTHS[1]))

    server.wait_for(second, "build", "running")
    server.kill("scheduler")

    assert server.end_of(second) == "success"
    assert server.published() == [f"{month}/r1" for month in MONTHS]


def test_nothing_was_taken_in_twice(server: Server) -> None:
    query = "select count(*) - count(distinct submission_id) from ledger.submissions"

    with ledger.reading(server.settings) as connection:
        assert connection.execute(query).fetchall() == [(0,)]


def test_metrics_come_where_a_district_wants_them(server: Server) -> None:
    with ledger.reading(server.settings) as connection:
        ((accepted,),) = connection.execute("select sum(rows_accepted) from ledger.submissions").fetchall()

    assert {name.split(".")[0] for name in server.metrics} == {"minsheng"}
    assert server.metrics["minsheng.warehouse.intake_rows.accepted"] == f"{accepted}|g"
    assert server.metrics["minsheng.warehouse.gate_months.blocked"] == "0|g"


def test_lineage_names_the_dags_and_their_tasks(events: list[dict[str, Any]]) -> None:
    assert {event["job"]["namespace"] for event in events} == {"minsheng"}
    assert {"publish_monthly", "publish_monthly.build", "publish_monthly.publish"} <= {
        event["job"]["name"] for event in events
    }


@pytest.mark.parametrize(
    ("task", "read", "written"),
    [
        ("ingest_submissions.take_in", "inbox/LABOUR", "ledger.observations"),
        ("publish_monthly.build", "ledger.statements", "candidate/marts.indicator_progress"),
        ("publish_monthly.check", "candidate/marts.indicator_progress", "candidate/marts.quality_results"),
        (
            "publish_monthly.publish",
            "candidate/marts.indicator_progress",
            "editions/marts.indicator_progress",
        ),
    ],
)
def test_lineage_has_what_each_task_read_and_wrote_with_its_rows(
    events: list[dict[str, Any]], task: str, read: str, written: str
) -> None:
    ended = next(one for one in events if one["job"]["name"] == task and one["eventType"] == "COMPLETE")

    outputs = {one["name"]: one for one in ended["outputs"]}
    assert read in {one["name"] for one in ended["inputs"]}
    assert outputs[written]["outputFacets"]["outputStatistics"]["rowCount"] > 0
