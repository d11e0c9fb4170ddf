"""Asking all checks side by side: none waits for another, and all have answered when the time is over."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict, dataclass
from threading import Thread
from typing import Any

from warehouse.doctor.registry import CHECKS, Check, Installation, Level, NotApplicable
from warehouse.version import code_version

SECONDS = 5.0
"""What is not answered by then counts as wrong: a disk or a service that hangs."""


@dataclass(frozen=True)
class Finding:
    """How one check came out, and what to do where that is not well."""

    name: str
    group: str
    level: Level
    about: str
    found: str
    todo: str


@dataclass(frozen=True)
class Diagnosis:
    """All that was found."""

    program: str
    seconds: float
    findings: list[Finding]

    @property
    def exit_status(self) -> int:
        """0: all is well; 1: something is broken; 3: nothing is broken, and something wants attention."""
        levels = {one.level for one in self.findings}
        return 1 if Level.FAULT in levels else 3 if Level.WARNING in levels else 0

    @property
    def counts(self) -> dict[str, int]:
        """How many checks came out how."""
        found = Counter(one.level for one in self.findings)
        return {str(level): found[level] for level in Level}

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it, with the counts."""
        return asdict(self) | {"counts": self.counts, "exit_status": self.exit_status}


def examine(installation: Installation, seconds: float = SECONDS) -> Diagnosis:
    """Ask every check, none longer than these seconds; changes nothing."""
    began = time.monotonic()
    answers: dict[str, Finding] = {}

    def ask(one: Check) -> None:
        answers[one.name] = _asked(one, installation)

    # Daemons: a check that hangs does not keep the command from ending.
    threads = {name: Thread(target=ask, args=(one,), daemon=True) for name, one in CHECKS.items()}
    for thread in threads.values():
        thread.start()
    for thread in threads.values():
        thread.join(max(0.0, began + seconds - time.monotonic()))
    late = f"no answer within {seconds:.0f} seconds"
    findings = [answers.get(name) or _finding(one, Level.FAULT, late) for name, one in CHECKS.items()]
    return Diagnosis(code_version(), round(time.monotonic() - began, 2), findings)


def _asked(one: Check, installation: Installation) -> Finding:
    try:
        wrong = one.question(installation)
    except NotApplicable as reason:
        return _finding(one, Level.NOT_APPLICABLE, str(reason))
    except Exception as error:  # noqa: BLE001  # whatever stops a check is what it found
        return _finding(one, Level.FAULT, f"it could not be checked: {type(error).__name__}: {error}")
    return _finding(one, Level.OK if wrong is None else one.level, wrong or "")


def _finding(one: Check, level: Level, found: str) -> Finding:
    todo = one.todo if level in (Level.WARNING, Level.FAULT) else ""
    return Finding(one.name, one.group, level, one.about, " ".join(found.split()), todo)
