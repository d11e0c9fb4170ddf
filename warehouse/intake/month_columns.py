"""Months as columns: which headings name a month, of which year, and what stands below each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from warehouse.intake.findings import FileRefused
from warehouse.intake.headings import (
    MEASURED,
    OTHER_FIGURES,
    RUNNING_TOTAL,
    column_of,
    in_brackets,
    letters,
    without_brackets,
)
from warehouse.intake.values import narrowed, read_period

_CHINESE = dict(zip("一二三四五六七八九", range(1, 10), strict=True)) | {"十": 10, "十一": 11, "十二": 12}
_MONTH = re.compile(
    r"(?:(?P<year>20[0-9]{2})年)?(?P<since>1月?份?[~～至到—–])?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
    r"月份?末?(?P<total>累计)?(?:完成|实际)?[数值]?"
)
_YEAR = re.compile(r"(20[0-9]{2})年?度?")
_YEAR_WITHIN = re.compile(r"(20[0-9]{2})年(?![0-9]{1,2}月[0-9]{1,2}日)")
_OF_THE_FILE = re.compile("日期|时间|编制|打印|制表|印发")
"""Words of a cell whose year is that of the file, and not of its figures."""
_OF_OTHERS = re.compile("计划数|目标数|预算数|预测数|同期|上年|去年|累计数|累计完成")
"""Words above months by which their figures are not those of the months."""


@dataclass(frozen=True)
class MonthColumn:
    """A heading of a month: its place, its words, its year (None where another cell names it), its column."""

    place: int
    heading: str
    year: int | None
    month: int
    column: str

    @property
    def period(self) -> str:
        """The month as `YYYY-MM`; only where the year is known."""
        return f"{self.year}-{self.month:02}"


def month_columns(
    above: Sequence[Sequence[str]], row: Sequence[str], below: Sequence[str]
) -> tuple[list[MonthColumn], bool]:
    """Return the month columns of a header, and whether its second line is a part of it.

    A heading without a year takes it from the nearest cell to its left in the line above that is a year, or
    from what stands above the header where only one year is named there. Raises FileRefused where that line
    says that the figures are others: planned ones, last year's, running totals.
    """
    found, years = _months_in(row), above[-1] if above else ()
    parts = _parts_of_months(found, row, below)
    is_of_two_lines = bool(parts)
    if not found and (found := _months_over(row, below)):
        years, is_of_two_lines = row, True
    only_year = _only_year(above, row)
    return [
        one if one.year else replace(one, year=_year_over(one.place, years) or only_year)
        for one in parts or found
    ], is_of_two_lines


def has_months(row: Sequence[str]) -> bool:
    """Return whether a line has headings of months."""
    return bool(_months_in(row))


def _months_in(row: Sequence[str]) -> list[MonthColumn]:
    found = (_month_of(place, cell) for place, cell in enumerate(row) if cell.strip())
    return [one for one in found if one]


def _month_of(place: int, heading: str) -> MonthColumn | None:
    words = "".join(in_brackets(heading))
    if OTHER_FIGURES.search(words):
        return None
    column = "ytd_value" if RUNNING_TOTAL.search(words) else "value"
    written = re.sub(r"\s", "", without_brackets(heading))
    if period := read_period(written):
        return MonthColumn(place, heading.strip(), int(period[:4]), int(period[5:]), column)
    match = _MONTH.fullmatch(written.replace("-", "—"))
    if match is None:
        return None
    month = _CHINESE.get(match["month"]) or int(match["month"])
    if match["since"] or match["total"]:
        column = "ytd_value"
    year = int(match["year"]) if match["year"] else None
    return MonthColumn(place, heading.strip(), year, month, column)


def _months_over(row: Sequence[str], below: Sequence[str]) -> list[MonthColumn]:
    """Return the months of a second line that holds nothing else, below cells that are no columns."""
    found = _months_in(below)
    filled = [place for place, cell in enumerate(below) if cell.strip()]
    is_line_of_months = len(found) > 1 and [one.place for one in found] == filled
    if is_line_of_months and not any(column_of(row[place]) for place in filled if place < len(row)):
        return found
    return []


def _parts_of_months(
    months: list[MonthColumn], row: Sequence[str], below: Sequence[str]
) -> list[MonthColumn]:
    """Return the columns below months that each have several: 本月 and 累计 under 1月."""
    filled = {place: column_of(cell) for place, cell in enumerate(below) if cell.strip()}
    if not months or not filled or not set(filled.values()) <= set(MEASURED):
        return []
    parts = []
    for place, column in filled.items():
        over = [one for one in months if one.place <= place]
        if not over or any(letters(cell) for cell in row[over[-1].place + 1 : place + 1]):
            return []
        heading = f"{over[-1].heading} {below[place].strip()}"
        parts.append(replace(over[-1], place=place, heading=heading, column=str(column)))
    return parts


def _year_over(place: int, years: Sequence[str]) -> int | None:
    matches = (_YEAR.fullmatch(narrowed(cell)) for cell in reversed(years[: place + 1]) if cell.strip())
    return next((int(match[1]) for match in matches if match), None)


def _only_year(above: Sequence[Sequence[str]], row: Sequence[str]) -> int | None:
    for cell in _of_figures(above):
        if _YEAR_WITHIN.search(cell) and (other := _OF_OTHERS.search(cell)):
            raise FileRefused("unclear_heading", text=cell[:60], actual=other[0])
    named = {year for cell in _of_figures([*above, row]) for year in _YEAR_WITHIN.findall(cell)}
    return int(named.pop()) if len(named) == 1 else None


def _of_figures(rows: Sequence[Sequence[str]]) -> list[str]:
    return [narrowed(cell) for row in rows for cell in row if not _OF_THE_FILE.search(cell)]
