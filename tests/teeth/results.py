"""What became of each mutant, kept as it comes, so that a run that was ended goes on where it was."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock


@dataclass(frozen=True)
class Result:
    """The outcome for one mutant."""

    id: str
    outcome: str
    """`caught`, `survived`, `unfinished` (the time was over), `broken` (no test could start),
    `uncovered` (no test covers it), `gone` (the code has no such place)."""
    test: str = ""
    """The test that caught it."""
    why: str = ""
    """What that test said."""
    passed: int = 0
    """How many tests passed before that."""
    covering: int = 0
    """How many cover it."""
    seconds: float = 0.0

    @property
    def is_caught(self) -> bool:
        """Whether the suite catches it; a program that cannot be imported fails every test."""
        return self.outcome in ("caught", "broken")


class Results:
    """The results of one run over one checkout, in a file."""

    def __init__(self, path: Path, not_before: float = 0) -> None:
        """Read the file, unless it was written before that time, in seconds of the epoch."""
        self._path = path
        self._lock = Lock()
        self.of: dict[str, Result] = {}
        if path.exists() and path.stat().st_mtime >= not_before:
            written = json.loads(path.read_text(encoding="utf-8"))
            self.of = {one["id"]: Result(**one) for one in written}

    def is_missed(self, id_: str) -> bool:
        """Tell whether a mutant was tried and not caught."""
        return id_ in self.of and not self.of[id_].is_caught

    def add(self, result: Result) -> None:
        """Keep one more."""
        with self._lock:
            self.of[result.id] = result
            self._path.parent.mkdir(parents=True, exist_ok=True)
            rows = [asdict(self.of[id_]) for id_ in sorted(self.of)]
            self._path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
