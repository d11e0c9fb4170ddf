"""Workbooks, read in a child process of bounded memory, each within a bounded time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.answers import Answers
from warehouse.intake.readers.document import Document, Row, Sheet

if TYPE_CHECKING:
    from warehouse.intake.readers.plain_sheet import PlainSheet

MOST_SECONDS = 120.0
"""How long one workbook may take from its opening to its last row."""
_PIPE_BYTES = 1 << 20


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

    def start(self) -> None:
        """Start the child, which takes a moment, while other things are still to be done."""
        self._started()

    @contextmanager
    def opened(self, path: Path) -> Iterator[Document]:
        """Open a workbook; raises FileRefused, then or while its rows are read, where it cannot be."""
        answers = self._ask(path)
        try:
            first = next(answers)
            yield Document(first["format"], _sheets(first, answers, self._tell))
        finally:
            if not self._is_idle:
                self._end()

    def _ask(self, path: Path) -> Iterator[Any]:
        """Yield the child's answers: what its lines say, and pieces of bytes."""
        process = self._started()
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        self._is_idle = False
        self._tell(str(path))
        for answer in Answers(process.stdout, time.monotonic() + self._most_seconds, MOST_SECONDS):
            if isinstance(answer, dict) and "end" in answer:
                self._is_idle = True
                if answer["end"] == "refused":
                    raise FileRefused(answer["rule"], **answer["where"])
                return
            yield answer
        raise FileRefused("unreadable", text="进程中止")

    def _tell(self, what: str | bool) -> None:
        assert self._process is not None and self._process.stdin is not None  # noqa: S101, PT018 - it was started
        self._process.stdin.write(json.dumps(what).encode() + b"\n")

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
                pipesize=_PIPE_BYTES,
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
            self._is_idle = True


def _sheets(first: dict[str, Any], answers: Iterator[Any], decide: Callable[[bool], None]) -> Iterator[Sheet]:
    """Yield the sheets; one that is not read to its end is passed over.

    `decide` tells the child whether the XML of a sheet was enough, or its rows must come after all.
    """
    begun = next(answers, None)
    while begun is not None:
        plain = None
        if begun["is_xml"]:
            plain = _plain_sheet(first, answers)
            decide(plain is not None)
        if plain is not None:
            yield Sheet(begun["sheet"], plain.rows(), begun["is_hidden"], blocks=plain.blocks)
            begun = next(answers, None)
        else:
            rest: list[Any] = []
            hidden: list[int] = []
            rows = _rows(answers, hidden, rest)
            yield Sheet(begun["sheet"], rows, begun["is_hidden"], hidden_rows=hidden)
            for _ in rows:
                pass
            begun = rest[0] if rest else None


def _plain_sheet(first: dict[str, Any], answers: Iterator[Any]) -> PlainSheet | None:
    """Return the sheet whose XML comes next, or None where it is not plain."""
    from warehouse.intake.readers.plain_sheet import NotPlain, PlainSheet

    pieces = iter(answers.__next__, b"")
    sheet = PlainSheet(first["shared_texts"], first["telling_formats"])
    try:
        for piece in pieces:
            sheet.add(piece)
        sheet.finish()
    except NotPlain:
        # The rest must be taken off the pipe before the child hears anything.
        for _ in pieces:
            pass
        return None
    return sheet


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
