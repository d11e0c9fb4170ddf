"""A connection to PostgreSQL that is cut as soon as the client sends a given word."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def cut_at(word: str, place: str) -> Iterator[str]:
    """Pass on what is said to the server at `place`, a `host=… port=…`, until the client says `word`."""
    parts = dict(part.split("=", 1) for part in place.split())
    address = (parts["host"], int(parts["port"]))

    class Cutting(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection(address) as server:
                answers = threading.Thread(target=_pass_on, args=(server, self.request))
                answers.start()
                # Either side may have gone before the other has said all.
                with suppress(OSError):
                    while (said := self.request.recv(65536)) and word.encode() not in said:
                        server.sendall(said)
                for end in (self.request, server):
                    with suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                answers.join()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Cutting) as proxy:
        serving = threading.Thread(target=proxy.serve_forever)
        serving.start()
        try:
            parts["port"] = str(proxy.server_address[1])
            yield " ".join(f"{name}={value}" for name, value in parts.items())
        finally:
            proxy.shutdown()
            serving.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while said := source.recv(65536):
            target.sendall(said)
