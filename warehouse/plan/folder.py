"""A plan folder as it was read: every cell with its line, what it is read as, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from warehouse.periods import Period
from warehouse.plan.columns import Table
from warehouse.plan.faults import Fault
from warehouse.plan.kinds import INTEGER, Value
from warehouse.plan.shapes import (
    AREAS,
    COMMITMENTS,
    INDICATORS,
    ORGANIZATIONS,
    SETTINGS,
    TABLES,
    TARGETS,
)
from warehouse.plan.years import MONTHS, Years


@dataclass(frozen=True)
class Cell:
    """One cell: its text, the line it begins on, and its value (None where empty or malformed)."""

    text: str
    line: int
    value: Value | None


@dataclass(frozen=True)
class Row:
    """One row of a table; a column that the file does not have has no cell."""

    table: Table
    line: int
    cells: dict[str, Cell]

    def text(self, column: str) -> str:
        """Return the value of a column of text, codes or words; empty where it is empty or malformed."""
        value = self._value(column)
        return value if isinstance(value, str) else ""

    def codes(self, column: str) -> list[str]:
        """Return the codes that a column of one or several names, in their order."""
        codes = self.text(column)
        return codes.split(";") if codes else []

    def number(self, column: str) -> Decimal | None:
        """Return the value of a column of figures; None where it is empty or malformed."""
        value = self._value(column)
        return value if isinstance(value, Decimal) else None

    def integer(self, column: str) -> int | None:
        """Return the value of a column of whole numbers; None where it is empty or malformed."""
        value = self._value(column)
        return value if isinstance(value, int) else None

    def period(self, column: str) -> Period | None:
        """Return the value of a column of months; None where it is empty or malformed."""
        value = self._value(column)
        return value if isinstance(value, Period) else None

    def day(self, column: str) -> date | None:
        """Return the value of a column of days; None where it is empty or malformed."""
        value = self._value(column)
        return value if isinstance(value, date) else None

    def is_empty(self, column: str) -> bool:
        """Return whether the cell is there and holds nothing (a malformed one, or a lost column, is not)."""
        cell = self.cells.get(column)
        return cell is not None and not cell.text

    def is_filled(self, column: str) -> bool:
        """Return whether the cell is there and holds something, readable or not."""
        cell = self.cells.get(column)
        return cell is not None and bool(cell.text)

    @property
    def key(self) -> tuple[str, ...]:
        """The texts of the key's columns."""
        return tuple(self.text_as_written(column) for column in self.table.key)

    @property
    def has_key(self) -> bool:
        """Whether every column of the key could be read."""
        return all(self._value(column) is not None for column in self.table.key)

    def text_as_written(self, column: str) -> str:
        """Return the cell's text, readable or not."""
        cell = self.cells.get(column)
        return cell.text if cell else ""

    def fault(self, column: str, code: str, reason: str) -> Fault:
        """Return a fault of this row at a column."""
        cell = self.cells.get(column)
        return Fault(self.table.file, cell.line if cell else self.line, column, code, reason)

    def stored(self, column: str) -> str | int | Decimal | date | None:
        """Return the value as the ledger keeps it: None where empty, a month as its text."""
        value = self._value(column)
        return str(value) if isinstance(value, Period) else value

    def _value(self, column: str) -> Value | None:
        cell = self.cells.get(column)
        return cell.value if cell else None


@dataclass(frozen=True)
class PlanText:
    """The plan's own words; `searched` is the same without white space, as quotes are looked up in it."""

    file: str
    content: str

    @cached_property
    def searched(self) -> str:
        """The text without white space and line breaks."""
        return without_blanks(self.content)

    def holds(self, words: str) -> bool:
        """Return whether the words stand in the text, whatever its line breaks."""
        return without_blanks(words) in self.searched


@dataclass
class Plan:
    """All that a plan folder holds; `faults` are those found while reading it."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    text: PlanText | None = None
    faults: list[Fault] = field(default_factory=list)
    cut_short: set[str] = field(default_factory=set)
    """The tables of which a row, a column or all could not be read."""

    def of(self, table: Table) -> list[Row]:
        """Return the rows of a table, in the order of its file."""
        return self.rows.get(table.name, [])

    def cut(self, table: Table, fault: Fault) -> None:
        """Keep a fault for which something of a table could not be read."""
        self.faults.append(fault)
        self.cut_short.add(table.name)

    def is_whole(self, table: Table) -> bool:
        """Return whether all of a table was read, each row with its key, so that what it lacks is missing."""
        return table.name in self._whole

    @cached_property
    def organizations(self) -> dict[str, Row]:
        """The organizations by code."""
        return self._by_code(ORGANIZATIONS)

    @cached_property
    def areas(self) -> dict[str, Row]:
        """The areas by code."""
        return self._by_code(AREAS)

    @cached_property
    def commitments(self) -> dict[str, Row]:
        """The commitments by code."""
        return self._by_code(COMMITMENTS)

    @cached_property
    def indicators(self) -> dict[str, Row]:
        """The indicators by code."""
        return self._by_code(INDICATORS)

    @cached_property
    def targets(self) -> dict[str, Row]:
        """The targets by code."""
        return self._by_code(TARGETS)

    @cached_property
    def settings(self) -> dict[str, Row]:
        """The rows of plan.csv by key."""
        return self._by_code(SETTINGS)

    def setting(self, key: str) -> str:
        """Return one value of plan.csv; empty where the key is missing."""
        row = self.settings.get(key)
        return row.text("value") if row else ""

    @property
    def years(self) -> Years | None:
        """The reporting years; None where the plan does not say in which month they begin."""
        starts = INTEGER.parse(self.setting("year_starts"))
        return Years(starts) if isinstance(starts, int) and 1 <= starts <= MONTHS else None

    def indicator_of(self, target: Row) -> Row | None:
        """Return the indicator that a target is judged by, where it is known."""
        return self.indicators.get(target.text("indicator_code"))

    def judged_targets(self) -> Iterator[tuple[Row, Row]]:
        """Yield every target whose indicator is known, with that indicator."""
        for target in self.of(TARGETS):
            if indicator := self.indicator_of(target):
                yield target, indicator

    def _by_code(self, table: Table) -> dict[str, Row]:
        rows: dict[str, Row] = {}
        for row in self.of(table):
            if code := row.text(table.key[0]):  # an empty cell elsewhere names no row
                rows.setdefault(code, row)
        return rows

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(
            table.name
            for table in TABLES
            if table.name not in self.cut_short and all(row.has_key for row in self.of(table))
        )


def without_blanks(text: str) -> str:
    """Return the text without white space, ideographic spaces included."""
    return "".join(text.split())
