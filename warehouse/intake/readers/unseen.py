"""Hidden columns: read like the others, but never against what a visible column says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from warehouse.intake.columns import Header
from warehouse.intake.readers.cell_text import not_as_shown
from warehouse.intake.readers.document import Row
from warehouse.intake.values import MARK, narrowed

_ALIKE = {
    "value": re.compile("数值|指标值|本月|本期|当月|完成"),
    "numerator": re.compile("分子"),
    "denominator": re.compile("分母"),
    "ytd_value": re.compile("累计"),
}
"""Headings of columns that are not read and yet may state the figure of one that is hidden."""
_OTHERS = re.compile("上年|去年|同期|上期|上月|计划|目标|预算|预计|任务|率|原因|时限|措施")


def hidden_columns(header: Header, unseen: Sequence[int]) -> dict[str, int]:
    """Return the columns that are read although nobody sees them, with their places."""
    return {column: place for column, place in header.places_read.items() if place in unseen}


def as_seen(rows: Iterable[Row], header: Header, heading: Row, unseen: Sequence[int]) -> Iterator[Row]:
    """Yield the rows; a hidden cell that contradicts a visible one holds what is shown and what is stored.

    A hidden remark that gives the visible figure another meaning is such a cell too.
    """
    hidden = hidden_columns(header, unseen)
    beside = {column: _alike(column, header, heading, unseen) for column in hidden}
    for row in rows:
        changed = list(row)
        for column, place in hidden.items():
            stored = row[place].strip() if place < len(row) else ""
            shown = {row[other].strip() for other in beside[column] if other < len(row)} - {""}
            if column == "remark" and MARK.search(stored):
                changed[place] = not_as_shown("", stored)
            elif place < len(row) and any(narrowed(one) != narrowed(stored) for one in shown):
                changed[place] = not_as_shown("、".join(sorted(shown)), stored)
        yield changed


def _alike(column: str, header: Header, heading: Row, unseen: Sequence[int]) -> list[int]:
    """Return the visible columns that are not read and seem to state the same figure."""
    if column not in _ALIKE:
        return []
    return [
        place
        for place, words in enumerate(heading)
        if place not in unseen
        and place not in header.positions.values()
        and _ALIKE[column].search(words)
        and not _OTHERS.search(words)
    ]
