"""The containers' health check: asks a service over loopback for the state of a part of Airflow."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from warehouse.settings import PROJECT

SAID = {"scheduler": {"status": "healthy"}, "dag_processor": {"status": "unhealthy"}}


class Health(BaseHTTPRequestHandler):
    """Says what Airflow's services say."""

    def do_GET(self) -> None:
        self.send_response(503 if self.path == "/ill" else 200)
        self.end_headers()
        # The scheduler answers with a word, the API server with JSON.
        self.wfile.write(b"OK" if self.path == "/word" else json.dumps(SAID).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing on standard error."""


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/health"
        server.shutdown()


def asked(url: str, *part: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-IS", str(PROJECT / "deployment" / "healthy.py"), url, *part]
    return subprocess.run(words, check=False, capture_output=True, text=True)


def test_a_healthy_part_ends_with_nought(url: str) -> None:
    assert asked(url, "scheduler").returncode == 0


def test_an_unhealthy_part_is_named(url: str) -> None:
    said = asked(url, "dag_processor")

    assert (said.returncode, said.stderr.strip()) == (1, "dag_processor is unhealthy")


def test_a_service_that_answers_with_a_word_is_well_by_its_status(url: str) -> None:
    assert asked(url.replace("/health", "/word")).returncode == 0
    assert asked(url.replace("/health", "/ill")).returncode == 1


def test_a_part_of_which_a_service_says_nothing_is_not_healthy(url: str) -> None:
    assert asked(url, "triggerer").returncode == 1
    assert asked(url.replace("/health", "/word"), "scheduler").returncode == 1


def test_a_service_that_is_not_there_is_not_healthy() -> None:
    assert asked("http://127.0.0.1:9/health", "scheduler").returncode != 0
