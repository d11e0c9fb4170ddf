"""Showing long work: bars on a terminal that vanish when it is done, plain lines anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from warehouse import steps
from warehouse.steps import Step

_SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def watching() -> Iterator[None]:
    """Show the steps of the work in the block on standard error; standard output is for the answer."""
    if sys.stderr.isatty():
        with _bars():
            yield
    else:
        with steps.listening(Lines()):
            yield


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


@contextmanager
def _bars() -> Iterator[None]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks = {}

        def show(step: Step) -> None:
            if step.work not in tasks:
                tasks[step.work] = progress.add_task(step.work, total=step.total)
            progress.update(tasks[step.work], completed=step.done, total=step.total)

        with steps.listening(show):
            yield
