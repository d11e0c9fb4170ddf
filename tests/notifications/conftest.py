"""What messages are sent to in the tests: a webhook and a mail server here, told to fail or not."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from warehouse.settings import Settings

# How long a server may take to see that it is to end.
_POLL_SECONDS = 0.01


@dataclass
class Webhook:
    """A robot that answers as it is told and remembers what it was asked."""

    url: str = ""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """The path with its query, and the body, of each request."""
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    """What it answers next; where nothing is left, that all is well."""
    delay_seconds: float = 0.0

    def texts(self) -> list[str]:
        return [body["text"]["content"] for _, body in self.asked]


@dataclass
class Mailbox:
    """A mail server that takes what comes, or answers as it is told."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """The addresses that it refuses."""

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    robot = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            robot.asked.append((self.path, body))
            time.sleep(robot.delay_seconds)
            status, content = robot.answers.pop(0) if robot.answers else (200, b'{"errcode":0,"errmsg":"ok"}')
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
    thread.start()
    robot.url = f"http://127.0.0.1:{server.server_port}/robot/send?access_token=a-secret-token"
    yield robot
    server.shutdown()
    server.server_close()


@pytest.fixture
def mailbox(free_port: int) -> Iterator[Mailbox]:
    box = Mailbox(port=free_port)
    controller = Controller(box, hostname="127.0.0.1", port=free_port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home without any channel but its outbox, and quick attempts."""
    monkeypatch.setenv("MINSHENG_SECRETS", str(tmp_path / "secrets"))
    monkeypatch.setenv("MINSHENG_NOTIFY_RETRY_SECONDS", "0.01")
    monkeypatch.setenv("MINSHENG_NOTIFY_TIMEOUT_SECONDS", "0.5")
    return Settings(home=tmp_path / "home")


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
