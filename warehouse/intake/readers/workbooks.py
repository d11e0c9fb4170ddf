"""Workbooks, read and marked in a child process of bounded memory, each within a bounded time."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.answers import ENDED, Answers
from warehouse.intake.readers.document import Document, Row, Sheet
from warehouse.logs import logger

if TYPE_CHECKING:
    from warehouse.intake.readers.plain_sheet import PlainSheet

MOST_SECONDS = 120.0
"""How long one workbook may take from its opening to its last row."""
_MOST_SECONDS_TO_MARK = 20.0
"""How long a marked workbook may take; without it a receipt says the same on pages of its own."""
_PIPE_BYTES = 1 << 20


class _Child:
    """The process and the two pipes to it; its standard streams lead nowhere."""

    def __init__(self) -> None:
        requests, self._requests = os.pipe()
        self.answers, answers = os.pipe()
        fcntl.fcntl(answers, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        # Isolated, so that no file beside the caller is taken for a module of ours.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "warehouse.intake.readers.worker", str(requests), str(answers)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(requests, answers),
        )
        os.close(requests)
        os.close(answers)

    def tell(self, what: dict[str, Any] | bool) -> None:
        """Send a line; raises FileRefused where the process has ended."""
        line = memoryview(json.dumps(what).encode() + b"\n")
        try:
            while line:
                line = line[os.write(self._requests, line) :]
        except BrokenPipeError as error:
            raise FileRefused("unreadable", text=ENDED) from error

    def end(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.wait()
        os.close(self._requests)
        os.close(self.answers)


class Workbooks:
    """The child process, started for the first workbook and again after one that it did not survive."""

    def __init__(self, most_seconds: float = MOST_SECONDS) -> None:
        self._most_seconds = most_seconds
        self._child: _Child | None = None
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
        child = self._started()
        answers = self._ask(child, {"read": str(path)}, self._most_seconds)
        try:
            first = next(answers)
            yield Document(first["format"], _sheets(first, answers, child.tell))
        finally:
            self._end_unless_idle()

    def marked(self, path: Path, marks: list[dict[str, Any]], pages: list[dict[str, Any]]) -> bytes:
        """Return an XLSX workbook with marks in its cells and pages before its sheets; see `marking.marked`.

        Raises FileRefused where it cannot be made within bounds.
        """
        request = {"mark": str(path), "marks": marks, "pages": pages}
        try:
            (content,) = self._ask(self._started(), request, min(self._most_seconds, _MOST_SECONDS_TO_MARK))
        finally:
            self._end_unless_idle()
        return bytes(content)

    def _ask(self, child: _Child, request: dict[str, Any], most_seconds: float) -> Iterator[Any]:
        """Yield the child's answers: what its lines say, and pieces of bytes."""
        self._is_idle = False
        child.tell(request)
        for answer in Answers(child.answers, time.monotonic() + most_seconds, most_seconds):
            if isinstance(answer, dict) and "end" in answer:
                self._is_idle = True
                if "cause" in answer:
                    logger(__name__).warning("unreadable workbook", cause=answer["cause"])
                if answer["end"] == "refused":
                    raise FileRefused(answer["rule"], **answer["where"])
                return
            yield answer
        raise FileRefused("unreadable", text=ENDED)

    def _started(self) -> _Child:
        if self._child is not None and self._child.process.poll() is not None:
            self._end()
        if self._child is None:
            self._child = _Child()
        return self._child

    def _end_unless_idle(self) -> None:
        if not self._is_idle:
            self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None
            self._is_idle = True


@dataclass
class _Facts:
    """What the child says of a sheet besides its rows, and what comes after the sheet."""

    hidden_columns: list[int] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    covered_rows: list[int] = field(default_factory=list)
    following: list[Any] = field(default_factory=list)


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
            facts = _Facts(**next(answers))
            rows = _rows(answers, facts)
            yield Sheet(
                begun["sheet"],
                rows,
                begun["is_hidden"],
                hidden_rows=facts.hidden_rows,
                hidden_columns=facts.hidden_columns,
                covered_rows=facts.covered_rows,
            )
            for _ in rows:
                pass
            begun = next(iter(facts.following), None)


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


def _rows(answers: Iterator[Any], facts: _Facts) -> Iterator[Row]:
    """Yield a sheet's rows; what the child says after them, and of the next sheet, goes to `facts`."""
    for answer in answers:
        if isinstance(answer, list):
            yield from answer
        elif "hidden_rows" in answer:
            facts.hidden_rows += answer["hidden_rows"]
            facts.covered_rows += answer["covered_rows"]
        else:
            facts.following.append(answer)
            return
