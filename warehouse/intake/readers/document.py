"""What every reader gives: a document of sheets of rows of texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Row = Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    `rows` yields every row from the first on, blank ones too, so that the n-th is row n as a person counts;
    an empty cell is the empty text.
    """

    name: str
    rows: Iterator[Row]
    is_hidden: bool = False
    is_delimited: bool = False
    """Rows are cut by separators, so one of another width may have its cells shifted."""


@dataclass(frozen=True)
class Document:
    """An opened file; its sheets are read one after the other, while it is open."""

    format: str
    sheets: Iterator[Sheet]
