"""The columns and the tables of a plan: what a cell may hold, and what makes a row."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.plan.kinds import CODE, NUMBER, TEXT, Kind


@dataclass(frozen=True)
class Column:
    """One column: what its cells may hold."""

    name: str
    kind: Kind = TEXT
    required: bool = False
    words: tuple[str, ...] = ()
    """The vocabulary, where the column has one."""
    refers_to: str = ""
    """The table whose key a cell must name, where it names one."""
    may_be_left_out: bool = False
    """Whether the file may do without the column; its cells are then as if they were empty."""
    default: str = ""
    """What an empty cell says, where that is a value."""


@dataclass(frozen=True)
class Table:
    """One table of the plan: `name` in the ledger's schema `plan`, `file` in the folder."""

    name: str
    file: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    optional: bool = False
    """Whether the folder may do without the file."""
    may_be_empty: bool = False
    """Whether the file may be without rows; one that is optional may."""

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.columns if column.name == name)


def code(name: str, refers_to: str = "", *, required: bool = True) -> Column:
    """Return a column of codes, those of another table's rows where it refers to one."""
    return Column(name, CODE, required, refers_to=refers_to)


def text(name: str, *, required: bool = True) -> Column:
    """Return a column of any text."""
    return Column(name, TEXT, required)


def number(name: str, *, required: bool = False) -> Column:
    """Return a column of exact figures."""
    return Column(name, NUMBER, required)


def word(name: str, *words: str, required: bool = True) -> Column:
    """Return a column of one of some words."""
    return Column(name, TEXT, required, words=words)


def extra(name: str, kind: Kind = TEXT, *words: str, default: str = "") -> Column:
    """Return a column that a file may do without, with what its empty cells say."""
    return Column(name, kind, words=words, may_be_left_out=True, default=default)
