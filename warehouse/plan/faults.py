"""What is wrong with a plan folder: one fault names one place, one rule and the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a plan folder; faults order by file, line and column, as a person mends them."""

    file: str
    """The file's name within the folder."""
    line: int
    """The line of the file, 1 is the first; 0 where the whole file, or its absence, is the fault."""
    column: str
    """The column's name; empty where no single column is at fault."""
    code: str
    """The name of the rule that found it."""
    reason: str
    """What is wrong and what is allowed, with the offending value."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.reason} [{self.code}]"
