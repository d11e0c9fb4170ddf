"""What was made of each figure and wording of a text: a statement, none with its reason, or undecided."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from warehouse.plan.drafting.times import Window


@dataclass(frozen=True)
class Statement:
    """One target as the text says it."""

    start: int
    end: int
    """Where its quote stands."""
    subject: str
    comparator: str
    value: Decimal | None
    upper: Decimal | None
    unit: str
    change: str
    """growth, decline or points where it is one; empty for a plain figure."""
    is_held: bool
    """Whether it is kept all the time, not reached."""
    is_flow: bool
    """Whether it counts what happens, not how things stand."""
    window: Window
    guesses: tuple[str, ...]
    """Why a person should look at it."""
    area_name: str = ""
    """The area whose share it is; empty for the whole."""


@dataclass(frozen=True)
class NoTarget:
    """A figure that is no target, and why not; `is_unread` where no rule could read it."""

    start: int
    end: int
    reason: str
    is_unread: bool = False


@dataclass
class Readings:
    """All that was made of one passage."""

    statements: list[Statement] = field(default_factory=list)
    no_targets: list[NoTarget] = field(default_factory=list)
