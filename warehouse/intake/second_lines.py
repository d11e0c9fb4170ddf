"""Headers of several lines: 数值 over 累计 and 本月, 上年同期 above 本月, 万元 below 数值."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from warehouse.intake.headings import (
    FIGURES,
    OTHER_FIGURES,
    REQUIRED,
    RUNNING_TOTAL,
    column_of,
    in_brackets,
    is_harmless,
    letters,
    without_brackets,
)
from warehouse.intake.units import unit_in
from warehouse.intake.values import narrowed

_WORDS = ("indicator_name", "area_code", "area_name", "remark", "unit")
"""Columns whose cells may hold any words."""


def joined(
    above: Sequence[Sequence[str]], row: Sequence[str], below: Sequence[Sequence[str]]
) -> tuple[Sequence[str], int]:
    """Return a header with what the lines around it say, and how many lines below belong to it.

    What stands above or below a heading is written behind it in brackets, as if it stood there.
    """
    if above and _groups(above[-1], row):
        row = [_with(cell, group) for cell, group in zip(row, _carried(above[-1], len(row)), strict=True)]
    lines = 0
    for line in below:
        if any(cell.strip() for cell in line):
            if not _is_part_of(line, row):
                break
            row = _under(row, line)
        elif lines or not any(_is_part_of(one, row) for one in below):
            break
        lines += 1
    return row, lines


def _groups(line: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether a line above names groups of figures, some of them others, right of the keys."""
    filled = {place: cell for place, cell in enumerate(line) if cell.strip()}
    keys = {place for place, cell in enumerate(row) if column_of(cell) in REQUIRED}
    is_over_figures = bool(filled) and min(filled) > max(keys)
    return is_over_figures and any(_is_of_another(cell) for cell in filled.values())


def _is_of_another(cell: str) -> bool:
    words = narrowed(cell)
    return bool(OTHER_FIGURES.search(words) or RUNNING_TOTAL.search(words))


def _is_part_of(line: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether a line below is a part of the header: words for figures, and nothing below the keys."""
    filled = {place: cell for place, cell in enumerate(line) if cell.strip()}
    keys = {place for place, cell in enumerate(row) if column_of(cell) in REQUIRED}
    over = _carried(row, max([len(row), *(place + 1 for place in filled)]))
    of_figures = [cell for place, cell in filled.items() if column_of(over[place]) not in _WORDS]
    return not keys & filled.keys() and bool(of_figures) and all(map(_says_which_figure, of_figures))


def _says_which_figure(cell: str) -> bool:
    words = narrowed(cell).strip("()")
    return bool(
        column_of(cell) in FIGURES
        or _is_of_another(cell)
        or unit_in(words)
        or is_harmless(words)
        or _is_time(words)
    )


def _is_time(words: str) -> bool:
    return words.endswith(("年", "年度", "月", "季度"))


def _under(row: Sequence[str], line: Sequence[str]) -> list[str]:
    over = _carried(row, max(len(row), len(line)))
    return [
        _with(second, first) if second.strip() else own
        for own, first, second in zip_longest(row, over, line, fillvalue="")
    ]


def _with(heading: str, words: str) -> str:
    """Return a heading with words about it in brackets; of two of which one is a column, that one leads."""
    heading, words = heading.strip(), words.strip()
    if not heading or not words:
        return heading or words
    if column_of(heading) is None and column_of(words) is not None:
        heading, words = words, heading
    plain = [] if letters(words) == letters(heading) else [without_brackets(words)]
    said = [*filter(None, plain), *in_brackets(words)]
    return heading + "".join(f"（{one}）" for one in said)


def _carried(line: Sequence[str], width: int) -> list[str]:
    """Return a line with each heading repeated over the empty cells behind it, as if merged."""
    carried, last = [], ""
    for place in range(width):
        cell = line[place] if place < len(line) else ""
        last = cell if cell.strip() else last
        carried.append(last)
    return carried
