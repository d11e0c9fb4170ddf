"""What the child process that opens workbooks says: lines of JSON, and pieces of bytes between them."""

from __future__ import annotations

import json
import os
import selectors
import time
from collections.abc import Iterator
from typing import Any

from warehouse.intake.findings import FileRefused

ENDED = "读取中断"
"""What a receipt says where the child ended in the middle, whatever ended it."""
_MOST_BYTES = 256 << 20
_AT_ONCE = 1 << 20


class Answers:
    """The child's answers until it ends, each at most 256 MiB; raises FileRefused when they come too late."""

    def __init__(self, descriptor: int, until: float, most_seconds: float) -> None:
        self._descriptor = descriptor
        self._until = until
        self._most_seconds = most_seconds
        self._held = bytearray()

    def __iter__(self) -> Iterator[Any]:
        """Yield what each line says; for one that announces bytes, those bytes."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._descriptor, selectors.EVENT_READ)
            while (line := self._line(selector)) is not None:
                answer = json.loads(line)
                if isinstance(answer, dict) and "bytes" in answer:
                    answer = self._piece(selector, int(answer["bytes"]))
                yield answer

    def _line(self, selector: selectors.BaseSelector) -> bytes | None:
        """Return the next line, or None where the child has ended before it."""
        seen = 0
        while (end := self._held.find(b"\n", seen)) < 0:
            seen = len(self._held)
            if not self._read(selector):
                return None
        return self._taken(end + 1)

    def _piece(self, selector: selectors.BaseSelector, size: int) -> bytes:
        while len(self._held) < size:
            if not self._read(selector):
                raise FileRefused("unreadable", text=ENDED)
        return self._taken(size)

    def _taken(self, size: int) -> bytes:
        taken = bytes(memoryview(self._held)[:size])
        del self._held[:size]
        return taken

    def _read(self, selector: selectors.BaseSelector) -> bool:
        """Read what is there, once something is; return whether the child lives."""
        if not selector.select(max(0.0, self._until - time.monotonic())):
            raise FileRefused("too_slow", expected=f"{self._most_seconds:.0f}")
        piece = os.read(self._descriptor, _AT_ONCE)
        self._held += piece
        if len(self._held) > _MOST_BYTES:
            raise FileRefused("workbook_too_large", text=f"{len(self._held)} 字节")
        return bool(piece)
