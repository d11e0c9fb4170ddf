"""What is wrong with a file as a whole, found before any rule could look at its rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FileFinding:
    """A rule of the registry that a file (or a sheet of it) broke, and where."""

    rule: str
    sheet: str = ""
    row_number: int | None = None
    column_name: str | None = None
    text: str | None = None
    expected: str | None = None
    actual: str | None = None


class FileRefused(Exception):  # noqa: N818 - what it says is the outcome, and it always becomes a receipt
    """The file cannot be read as a submission; carries the finding that its receipt will tell."""

    def __init__(self, rule: str, **where: str | int | None) -> None:
        super().__init__(rule)
        self.rule = rule
        self.where = where

    def finding(self, sheet: str = "") -> FileFinding:
        """Return the finding for the receipt."""
        return FileFinding(self.rule, **{"sheet": sheet, **self.where})  # type: ignore[arg-type]
