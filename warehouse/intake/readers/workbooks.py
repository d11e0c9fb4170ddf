"""Workbooks, read in a child process of bounded memory, each within a bounded time."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.document import Document, Row, Sheet

MOST_SECONDS = 120.0
"""How long one workbook may take from its opening to its last row."""
_MOST_BYTES = 256 << 20


class Workbooks:
    """The child process, started for the first workbook and again after one that it did not survive."""

    def __init__(self, most_seconds: float = MOST_SECONDS) -> None:
        self._most_seconds = most_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._is_idle = True

    def __enter__(self) -> Workbooks:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._end()

    @contextmanager
    def opened(self, path: Path) -> Iterator[Document]:
        """Open a workbook; raises FileRefused, then or while its rows are read, where it cannot be."""
        answers = self._ask(path)
        try:
            yield Document(next(answers)["format"], _sheets(answers))
        finally:
            if not self._is_idle:
                self._end()

    def _ask(self, path: Path) -> Iterator[Any]:
        process = self._started()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - both are pipes
        self._is_idle = False
        process.stdin.write(json.dumps(str(path)).encode() + b"\n")
        for line in _lines(process.stdout, time.monotonic() + self._most_seconds):
            answer = json.loads(line)
            if isinstance(answer, dict) and "end" in answer:
                self._is_idle = True
                if answer["end"] == "refused":
                    raise FileRefused(answer["rule"], **answer["where"])
                return
            yield answer
        raise FileRefused("unreadable", text="进程中止")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            # Isolated, so that no file beside the caller is taken for a module of ours.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "warehouse.intake.readers.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
            self._is_idle = True


def _lines(stream: IO[bytes], until: float) -> Iterator[bytes]:
    """Yield the child's lines until it ends; raises FileRefused when they do not come in time."""
    held: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, until - time.monotonic())):
                raise FileRefused("too_slow", expected=f"{MOST_SECONDS:.0f}")
            piece = os.read(stream.fileno(), 1 << 20)
            if not piece:
                return
            held.append(piece)
            size += len(piece)
            if size > _MOST_BYTES:
                raise FileRefused("workbook_too_large", text=f"{size} 字节")
            if b"\n" in piece:
                *whole, rest = b"".join(held).split(b"\n")
                held, size = [rest], len(rest)
                yield from whole


def _sheets(answers: Iterator[Any]) -> Iterator[Sheet]:
    """Yield the sheets; one that is not read to its end is passed over."""
    begun = next(answers, None)
    while begun is not None:
        first = next(answers, None)
        if isinstance(first, dict) and "columns" in first:
            yield _of_columns(begun, first, answers)
            begun = next(answers, None)
        else:
            rest: list[Any] = []
            hidden: list[int] = []
            rows = _rows(chain([] if first is None else [first], answers), hidden, rest)
            yield Sheet(begun["sheet"], rows, begun["is_hidden"], hidden_rows=hidden)
            for _ in rows:
                pass
            begun = rest[0] if rest else None


def _of_columns(begun: dict[str, Any], announced: dict[str, Any], answers: Iterator[Any]) -> Sheet:
    from warehouse.intake.readers import columnar

    table = columnar.table(announced, answers)
    rows, blocks = columnar.rows(table), partial(columnar.blocks, table)
    return Sheet(begun["sheet"], rows, begun["is_hidden"], blocks=blocks)


def _rows(answers: Iterator[Any], hidden: list[int], rest: list[Any]) -> Iterator[Row]:
    """Yield a sheet's rows; the numbers of its hidden ones go to `hidden`, what follows it to `rest`."""
    for answer in answers:
        if isinstance(answer, list):
            yield from answer
        elif "hidden_rows" in answer:
            hidden += answer["hidden_rows"]
        else:
            rest.append(answer)
            return
