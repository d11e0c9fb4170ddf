"""What an intake has open, written down first: a file that ended two intakes is known to the third.

The lines of `archive/opening` outlive a process that is killed: which claim was opened for what, that it
was done with, and where a run began. A claim that was opened and never done with ended that run. Once all
that was claimed is answered, the file goes.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

from warehouse.settings import Settings

Purpose = Literal["read", "mark"]
MOST_ENDED = 2
"""After ending so many runs a claim is not opened again."""
_FILE = "opening"
_DONE, _RUN = "done", "run"


class Attempts:
    """The record of one home, from the start of a run to its end."""

    def __init__(self, settings: Settings) -> None:
        self._path = settings.archive / _FILE
        self._archive = settings.archive
        self._ended = Counter(_ended(self._path))
        self._descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        self._write(_RUN)

    def close(self, *, all_answered: bool) -> None:
        """End the record of this run; it is forgotten where nothing claimed is left to be answered."""
        os.close(self._descriptor)
        if all_answered:
            self._path.unlink(missing_ok=True)

    def has_ended_intakes(self, claim: Path, purpose: Purpose) -> bool:
        """Tell whether opening the claim for the purpose has ended too many runs."""
        return self._ended[self._entry(claim, purpose)] >= MOST_ENDED

    @contextmanager
    def opening(self, claim: Path, purpose: Purpose) -> Iterator[None]:
        """Note that a claim is open within the block; leaving it, even by an error, is no end of the run."""
        self._write(self._entry(claim, purpose))
        try:
            yield
        finally:
            self._write(_DONE)

    def _entry(self, claim: Path, purpose: Purpose) -> str:
        return json.dumps([purpose, str(claim.relative_to(self._archive))])

    def _write(self, line: str) -> None:
        os.write(self._descriptor, f"{line}\n".encode())


_attempts: ContextVar[Attempts | None] = ContextVar("attempts", default=None)


@contextmanager
def recorded(settings: Settings) -> Iterator[None]:
    """Record what is opened within the block; what an earlier run died of is known in it."""
    attempts = Attempts(settings)
    token = _attempts.set(attempts)
    all_answered = False
    try:
        yield
        all_answered = True
    finally:
        _attempts.reset(token)
        attempts.close(all_answered=all_answered)


def is_barred(claim: Path, purpose: Purpose) -> bool:
    """Tell whether a claim must not be opened for the purpose, because that has ended two runs."""
    attempts = _attempts.get()
    return attempts is not None and attempts.has_ended_intakes(claim, purpose)


@contextmanager
def opening(claim: Path, purpose: Purpose) -> Iterator[None]:
    """Note, within a recorded run, that a claim is open within the block."""
    attempts = _attempts.get()
    with attempts.opening(claim, purpose) if attempts else nullcontext():
        yield


def _ended(path: Path) -> Iterator[str]:
    """Yield what was open when a run ended, once for each run."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    # What is open is done with before the next is opened.
    for line, following in zip(lines, [*lines[1:], _RUN], strict=True):
        if line not in (_DONE, _RUN) and following == _RUN:
            yield line
