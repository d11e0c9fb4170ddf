"""The faults to plant: a sample that cosmic-ray made of the Python code, and those by hand for the SQL."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.teeth.syntax import owners

_FOLDER = Path(__file__).parent
SAMPLED = _FOLDER / "sampled.yml"
BY_HAND = _FOLDER / "by_hand.yml"


class GoneError(Exception):
    """The text that a mutant changes is not in the file, or no longer in one place only."""


@dataclass(frozen=True)
class Mutant:
    """One fault: a text of one file, and what stands there instead."""

    id: str
    area: str
    path: str
    find: str
    replace: str
    says: str = ""
    """What the fault does, in a sentence; of a sampled one, its operator says it."""
    operator: str = ""
    """cosmic-ray's operator; empty where the fault was written by hand."""
    occurrence: int = 0
    """Which of the operator's places in the file it is."""
    within: str = ""
    """The function or class that the line stands in; empty at the top of the module."""
    nth: int = 0
    """Which of the equal lines in there it is."""
    gone: str = ""
    """Why the code has no such place any more."""
    survives: str = ""
    """Why no test needs to catch it."""

    @property
    def is_sampled(self) -> bool:
        """Whether cosmic-ray made it: then `find` and `replace` are whole lines without their indentation."""
        return bool(self.operator)

    @property
    def what(self) -> str:
        """The fault in one line, for people."""
        return self.says or f"`{self.find}` becomes `{self.replace}`"

    def line_in(self, text: str) -> int:
        """Return the number of the line where the fault begins; raises GoneError."""
        if self.is_sampled:
            lines = _places(self, text)
            if len(lines) <= self.nth:
                raise GoneError(
                    f"{self.id}: {self.path} has no line `{self.find}` in {self.within or 'itself'}"
                )
            return lines[self.nth]
        if text.count(self.find) != 1:
            raise GoneError(f"{self.id}: {self.path} has its text {text.count(self.find)} times, not once")
        return text[: text.index(self.find)].count("\n") + 1

    def planted_in(self, text: str) -> str:
        """Return the file's text with the fault; raises GoneError."""
        number = self.line_in(text)
        if not self.is_sampled:
            return text.replace(self.find, self.replace)
        lines = text.splitlines(keepends=True)
        lines[number - 1] = lines[number - 1].replace(self.find, self.replace)
        return "".join(lines)


def sampled() -> list[Mutant]:
    """Return the faults that were sampled, as they were kept."""
    return _read(SAMPLED)


def by_hand() -> list[Mutant]:
    """Return the faults that were written by hand."""
    return _read(BY_HAND)


def every() -> list[Mutant]:
    """Return all faults, in the order of the files."""
    return sampled() + by_hand()


def _read(path: Path) -> list[Mutant]:
    return [Mutant(**fields) for fields in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _places(mutant: Mutant, text: str) -> list[int]:
    owner_of = owners(text)
    return [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() == mutant.find and owner_of[number].name == mutant.within
    ]
