"""Showing long work: bars on a terminal that vanish when it is done, plain lines anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from warehouse import steps
from warehouse.steps import Step

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def watching() -> Iterator[None]:
    """Show the steps of the work in the block on standard error; standard output is for the answer."""
    shown = Bars() if sys.stderr.isatty() else Lines()
    try:
        with steps.listening(shown):
            yield
    finally:
        shown.close()


class Lines:
    """One line when a piece of work is done, and one every ten seconds while it goes on."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, step: Step) -> None:
        """Say how far the work is, if it is time to."""
        now = time.monotonic()
        if step.total and (step.done == step.total or now - self._last >= _SECONDS_BETWEEN_LINES):
            self._last = now
            click.echo(f"{step.work}: {step.done} of {step.total}", err=True)

    def close(self) -> None:
        """Leave the lines as they are."""


class Bars:
    """A bar for each piece of work; all vanish when they are done, before the answer."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: Step) -> None:
        """Move the bar of the work, or begin one."""
        if not step.total:
            return
        if self._progress is None:
            self._progress = _bars()
        if step.work not in self._tasks:
            self._tasks[step.work] = self._progress.add_task(step.work, total=step.total)
        self._progress.update(self._tasks[step.work], completed=step.done)
        if self._progress.finished:
            self.close()

    def close(self) -> None:
        """Wipe the bars, if there are any."""
        if self._progress is not None:
            self._progress.stop()
        self._progress, self._tasks = None, {}


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    progress = Progress(
        TextColumn("{task.description:<16}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    progress.start()
    return progress
