"""What long work says of itself while it goes on: which step, and how far. Whoever listens shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Step:
    """How far a piece of work has come: `done` of `total` things."""

    work: str
    done: int
    total: int


Listener = Callable[[Step], None]


def _nobody(_step: Step) -> None:
    """Listen to nothing: the work of a test or a DAG has no one watching."""


_listener: ContextVar[Listener] = ContextVar("listener", default=_nobody)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have every step within the block told to `listener`."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def listener() -> Listener:
    """Return who listens now; work that goes on in other threads tells it from there."""
    return _listener.get()


def over(work: str, items: Sequence[Item]) -> Iterator[Item]:
    """Yield each item, and tell how many of them are done."""
    tell = listener()
    for done, item in enumerate(items):
        tell(Step(work, done, len(items)))
        yield item
    tell(Step(work, len(items), len(items)))
