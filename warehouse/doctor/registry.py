"""The register of checks. A check is a small function; its name is the name of the fault that it finds."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from warehouse.settings import Settings


class Level(StrEnum):
    """How a check came out, from what is well to what is broken."""

    OK = "ok"
    NOT_APPLICABLE = "not_applicable"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Installation:
    """What is examined: the settings, and the environment that the services are told by."""

    settings: Settings
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)


class NotApplicable(Exception):  # noqa: N818  # it is an answer, no error
    """There is nothing here that the check could ask: the message says why."""


Question = Callable[[Installation], str | None]
"""Returns what is wrong, or None where all is well; raises NotApplicable."""


@dataclass(frozen=True)
class Check:
    """One check: what it asks, how bad it is where the answer is wrong, and what to do then."""

    name: str
    group: str
    level: Level
    about: str
    todo: str
    question: Question


CHECKS: dict[str, Check] = {}
"""Every check by its name, in the order in which they are told."""


def check(todo: str, *, level: Level = Level.FAULT) -> Callable[[Question], Question]:
    """Register a check under its function's name; its docstring says what holds where all is well.

    `todo` is the sentence that says what to do where it does not hold.
    """

    def register(question: Question) -> Question:
        name = question.__name__.strip("_").replace("_", "-")
        group = question.__module__.rpartition(".")[2]
        CHECKS[name] = Check(name, group, level, str(question.__doc__).rstrip("."), todo, question)
        return question

    return register


warning = functools.partial(check, level=Level.WARNING)
"""Registers a check whose fault breaks nothing yet."""
