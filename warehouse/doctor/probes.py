"""Asking a service over the network whether it is there; a silent one is given up after two seconds."""

from __future__ import annotations

import json
import socket
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

_SECONDS = 2.0


def answers(host: str, port: int) -> str | None:
    """Return why nothing takes a connection at this host and port, or None where something does."""
    try:
        with socket.create_connection((host, port), timeout=_SECONDS):
            return None
    except OSError as error:
        return f"{host}:{port} cannot be reached: {error}"


def health(url: str, part: str) -> str | None:
    """Return what is wrong with a part of Airflow by the JSON at `url`, or None where it is healthy."""
    try:
        # A proxy of the network does not know the services beside us.
        with build_opener(ProxyHandler({})).open(url, timeout=_SECONDS) as answer:
            status = json.load(answer)[part]["status"]
    except (URLError, OSError, ValueError, KeyError) as error:
        return f"{url} does not say: {error}"
    return None if status == "healthy" else f"{url} calls it {status}"
