"""What taking a workbook would change in a folder: rows added, removed and changed, by their keys."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.plan.columns import Table
from warehouse.plan.workbook.contents import CARRIED, Contents, Records

_SHOWN = 60
_Key = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One thing that would change."""

    file: str
    key: str
    """The row's key, joined by blanks; empty where the whole file or its columns change."""
    column: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        where = " ".join(part for part in (self.file, self.key, self.column) if part)
        if self.before is None:
            return f"+ {where}: {_short(self.after)}"
        if self.after is None:
            return f"- {where}: {_short(self.before)}"
        return f"~ {where}: {_short(self.before)} → {_short(self.after)}"


def differences(before: Contents, after: Contents) -> list[Difference]:
    """Return what differs between two plan folders, table by table, then in the text."""
    found = [one for table in CARRIED for one in _of_table(table, before, after)]
    return found + list(_of_text(before, after))


def _of_table(table: Table, before: Contents, after: Contents) -> Iterator[Difference]:
    old, new = before.tables.get(table.file), after.tables.get(table.file)
    if old is None or new is None:
        if old is not new:
            sides = [None if records is None else f"{len(records.rows)} rows" for records in (old, new)]
            yield Difference(table.file, "", "", *sides)
        if new is None:
            return
    old_rows = _by_key(table, old) if old else {}
    new_rows = _by_key(table, new) if new else {}
    for key in [*old_rows, *(key for key in new_rows if key not in old_rows)]:
        yield from _of_row(table, key, old_rows.get(key), new_rows.get(key))
    if old and new:
        yield from _of_form(table, old, new, is_same_rows=list(old_rows) == list(new_rows))


def _of_row(
    table: Table, key: _Key, old: dict[str, str] | None, new: dict[str, str] | None
) -> Iterator[Difference]:
    name = " ".join(key)
    if old is None or new is None:
        sides = [None if row is None else ",".join(row.values()) for row in (old, new)]
        yield Difference(table.file, name, "", *sides)
        return
    for column in [*old, *(column for column in new if column not in old)]:
        if old.get(column, "") != new.get(column, ""):
            yield Difference(table.file, name, column, old.get(column, ""), new.get(column, ""))


def _of_form(table: Table, old: Records, new: Records, *, is_same_rows: bool) -> Iterator[Difference]:
    if old.header != new.header:
        yield Difference(table.file, "", "", ",".join(old.header), ",".join(new.header))
    if not is_same_rows and len(old.rows) == len(new.rows) and _sorted(table, old) == _sorted(table, new):
        yield Difference(table.file, "", "", "the rows in another order", "the rows as in the workbook")


def _sorted(table: Table, records: Records) -> list[_Key]:
    return sorted(_by_key(table, records))


def _by_key(table: Table, records: Records) -> dict[_Key, dict[str, str]]:
    """Return the rows by their keys; a key that comes again is counted."""
    rows: dict[_Key, dict[str, str]] = {}
    for texts in records.rows:
        row = dict(zip(records.header, texts, strict=False))
        key = tuple(row.get(column, "") for column in table.key)
        again = 1
        while key in rows:
            again += 1
            key = (*key[: len(table.key)], f"({again})")
        rows[key] = row
    return rows


def _of_text(before: Contents, after: Contents) -> Iterator[Difference]:
    lines = difflib.unified_diff(before.text.split("\n"), after.text.split("\n"), lineterm="", n=0)
    for line in list(lines)[2:]:
        if line.startswith("-"):
            yield Difference(after.text_file, "", "", line[1:], None)
        elif line.startswith("+"):
            yield Difference(after.text_file, "", "", None, line[1:])


def _short(text: str | None) -> str:
    said = repr(text or "")
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
