"""Rows whose cells are not the header's: too many, too few, or in columns that are not read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from warehouse.intake.columns import Header
from warehouse.intake.readers.document import Row


def shifted(row: Row, header: Header) -> int | None:
    """Return the row's count of cells where it is not the header's, or None.

    One empty cell too many counts: where the last column is empty too, all cells before it may be shifted.
    """
    beyond = row[header.width :]
    if header.width <= len(row) <= header.cells and (
        header.has_more or not any(cell.strip() for cell in beyond)
    ):
        return None
    return len(row)


def beyond_of(rows: list[Row], width: int) -> dict[int, str]:
    """Return the first text behind the header's columns by the place of its row."""
    found = ((place, next(filter(str.strip, row[width:]), "")) for place, row in enumerate(rows))
    return {place: text for place, text in found if text}


def with_what_stands_beyond(others: Sequence[str | None], beyond: dict[int, str]) -> Sequence[str | None]:
    """Return what stands in unread columns, and behind the header's columns where nothing does."""
    return [other or beyond.get(place) for place, other in enumerate(others)] if beyond else others


def fitted(row: Row, width: int) -> Row:
    """Return the row with as many cells as the header has."""
    return [*row[:width], *repeat("", width - len(row))]


def others_of(columns: list[tuple[str, ...]], header: Header, count: int) -> Sequence[str | None]:
    """Return what stands in columns that are not read: enough to know that a row is not blank."""
    read = {*header.positions.values(), *header.places_read.values()}
    unread = [column for place, column in enumerate(columns) if place not in read]
    if not unread:
        return [None] * count
    return [next((cell for cell in cells if cell.strip()), None) for cells in zip(*unread, strict=True)]
