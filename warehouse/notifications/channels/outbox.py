"""The data team's folder in the outbox: a text file for each message, whatever else may fail."""

from __future__ import annotations

import hashlib
from pathlib import Path

from warehouse import durable
from warehouse.clock import now
from warehouse.notifications.message import Message

# No organization can be called so: their codes are in capital letters.
FOLDER = "data-team"


class Outbox:
    """Writes `outbox/data-team/<moment>.<hash>.txt`."""

    name = "outbox"

    def __init__(self, outbox: Path) -> None:
        self._folder = outbox / FOLDER

    def send(self, message: Message) -> None:
        """Write the message down; raises OSError where that fails, for then nothing is sure."""
        content = f"{message.title}\n\n{message.text}\n".encode()
        digest = hashlib.sha256(content).hexdigest()[:8]
        durable.write(self._folder / f"{now():%Y-%m-%dT%H%M%S}.{digest}.txt", content)
