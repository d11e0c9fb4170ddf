"""What asks Airflow, against a server that answers too late."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from deployment.embedded import api

RUN = {
    "dag_id": "publish_monthly", "dag_run_id": "manual__1", "run_type": "manual",
    "partition_key": "2023-12", "conf": {}, "state": "queued",
}  # fmt: skip


@dataclass
class SlowAirflow:
    """A server that starts what it is asked to, and does not answer that request until it is let go."""

    url: str = ""
    runs: list[dict[str, Any]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowAirflow]:
    monkeypatch.setattr(api, "_TIMEOUT_SECONDS", 0.2)
    airflow = SlowAirflow()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({"dag_runs": airflow.runs})

        def do_POST(self) -> None:
            if self.path == "/auth/token":
                self._answer({"access_token": "token"})
                return
            airflow.runs.append(RUN)
            if airflow.let_go.is_set():
                self._answer(RUN)
                return
            airflow.let_go.wait()
            self.close_connection = True

        def _answer(self, body: object) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            """Keep the tests' output to what they say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    airflow.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield airflow
    airflow.let_go.set()
    server.shutdown()
    server.server_close()


def test_a_run_whose_start_was_answered_too_late_is_found_and_not_started_again(slow: SlowAirflow) -> None:
    started = api.Api(slow.url, "user", "password").trigger("publish_monthly", "2023-12")

    assert started.run_id == RUN["dag_run_id"]
    assert slow.runs == [RUN]


@pytest.mark.parametrize(
    "other",
    [{"run_type": "scheduled"}, {"conf": {"approve": "审批人"}}, {"state": "success"}],
    ids=["of the schedule", "of other words", "ended"],
)
def test_another_run_of_the_month_is_not_taken_for_the_one_asked_for(
    slow: SlowAirflow, other: dict[str, Any]
) -> None:
    slow.let_go.set()
    slow.runs.append(RUN | {"dag_run_id": "another"} | other)

    started = api.Api(slow.url, "user", "password").trigger("publish_monthly", "2023-12")

    assert started.run_id == RUN["dag_run_id"]
