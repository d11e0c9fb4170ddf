"""Finding the header of a sheet by contract: which columns it has, in whatever order and either language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from warehouse.intake.findings import FileRefused
from warehouse.intake.units import unit_in, unit_of_line
from warehouse.intake.values import narrowed

HEADER_WITHIN = 30
"""The header is one of the first so many rows."""

NAMES_ZH = {
    "period": "报告期",
    "indicator_code": "指标编码",
    "indicator_name": "指标名称",
    "area_code": "地区编码",
    "area_name": "地区名称",
    "value": "数值",
    "numerator": "分子",
    "denominator": "分母",
    "ytd_value": "本年累计",
    "remark": "备注",
    "unit": "计量单位",
}
"""Every column that a submission may have, with its Chinese name."""

_ALIASES = {
    "period": "报告期 报告期间 报告期别 报告月份 报告月 统计期 统计月份 所属期 数据期 月份 年月 period month "
    "report_period reporting_period report_month",
    "indicator_code": "指标编码 指标代码 指标编号 编码 代码 indicator_code indicator code",
    "indicator_name": "指标名称 指标名 指标 indicator_name name",
    "area_code": "地区编码 地区代码 行政区划代码 行政区划编码 区划代码 街道代码 街道编码 "
    "area_code area region_code",
    "area_name": "地区名称 街道名称 街道 地区 乡镇街道 area_name",
    "value": "数值 本月 当月 本期 指标值 本月数 本月值 本期数 本期值 当月数 当月值 本月完成 本月完成数 "
    "value figure",
    "numerator": "分子 分子数 分子值 numerator",
    "denominator": "分母 分母数 分母值 denominator",
    "ytd_value": "本年累计 本年累计数 累计 累计数 累计值 年初至今 ytd_value ytd year_to_date",
    "remark": "备注 说明 备注说明 remark remarks note notes comment",
    "unit": "计量单位 单位 指标单位 unit",
}
_FOR_PEOPLE = "序号 上期数 上月数 目标 填报单位 填报人 联系电话 no"
"""Columns that help whoever fills the file in; that they are not read goes without saying."""
_COLUMN_OF = {alias: column for column, aliases in _ALIASES.items() for alias in aliases.split()}
_REQUIRED = ("period", "indicator_code")
_BRACKETED = re.compile(r"\((.*?)\)|\[(.*?)\]|【(.*?)】")
_OTHER_FIGURES = re.compile("上年|去年|同期|上期|上月|计划|目标|预算|预计|任务")
"""Words in brackets that make a column another figure than the month's; it is not read."""
_RUNNING_TOTAL = re.compile("累计|年初至今|至本月")
_MEASURED = ("value", "ytd_value")
_SEPARATORS = re.compile(r"[\s_*:·-]+")
_BY_LETTERS = {_SEPARATORS.sub("", alias): column for alias, column in _COLUMN_OF.items()}
_UNREAD = {_SEPARATORS.sub("", alias) for alias in _FOR_PEOPLE.split()}


@dataclass(frozen=True)
class Header:
    """Where a sheet's columns are: `positions` maps a column to its place in a row, counted from 0."""

    row_number: int
    positions: dict[str, int]
    headings: dict[str, str]
    """The file's own words for each column."""
    width: int
    """How many cells up to and with the last one that has a heading."""
    cells: int
    """How many cells the header's row has, those without a heading at its end too."""
    unknown: tuple[int, ...]
    """The places of columns with a heading that means nothing here; they are not read."""
    units: dict[str, str] = field(default_factory=dict)
    """The unit that a heading, or a line above the header, gives the figures of a column."""

    def moved(self, rows: int) -> Header:
        """Return the same header so many rows further down."""
        return replace(self, row_number=self.row_number + rows)


@lru_cache(maxsize=1_000)
def column_of(cell: str) -> str | None:
    """Return the column that a heading means, with what it says in brackets, or None."""
    column = _BY_LETTERS.get(_letters(cell))
    words = "".join(_in_brackets(cell))
    if column is None or _OTHER_FIGURES.search(words):
        return None
    return "ytd_value" if column == "value" and _RUNNING_TOTAL.search(words) else column


def _in_brackets(cell: str) -> list[str]:
    return ["".join(groups) for groups in _BRACKETED.findall(narrowed(cell))]


def _letters(cell: str) -> str:
    return _SEPARATORS.sub("", _BRACKETED.sub("", narrowed(cell)).casefold())


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the header among a sheet's first rows, or None where no row names the required columns.

    Raises FileRefused where a header names one column twice, or nothing that could hold a figure.
    """
    for row_number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        places = [(position, column_of(cell)) for position, cell in enumerate(row) if cell.strip()]
        named = [column for _, column in places if column]
        if all(column in named for column in _REQUIRED):
            stated = _stated_unit(rows[: row_number - 1])
            second = _second_line(row, rows[row_number : row_number + 1])
            return _header(row_number + 1, second, stated) if second else _header(row_number, row, stated)
    return None


def closest_row(rows: Sequence[Sequence[str]]) -> tuple[int | None, list[str]]:
    """Return the row most like a header (None where none is) and the required columns it lacks."""
    best: tuple[int | None, list[str]] = (None, [NAMES_ZH[column] for column in _REQUIRED])
    most = 1
    for row_number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        named = {column_of(cell) for cell in row} - {None}
        if len(named) > most:
            most = len(named)
            best = (row_number, [NAMES_ZH[column] for column in _REQUIRED if column not in named])
    return best


def _second_line(row: Sequence[str], below: Sequence[Sequence[str]]) -> Sequence[str] | None:
    """Return a header of two lines as one: 数值 over 累计 and 本月; None where the line below is none of it.

    The second line has nothing but headings of figures, two of them, where the first has no other column.
    """
    line = [cell for cells in below for cell in cells]
    named = {position: column_of(cell) for position, cell in enumerate(line) if cell.strip()}
    above = {position: column_of(cell) for position, cell in enumerate(row) if cell.strip()}
    are_figures = len(named) > 1 and set(named.values()) <= set(_MEASURED)
    if not are_figures or any(above.get(position, "value") not in _MEASURED for position in named):
        return None
    width = max(len(row), len(line))
    both = zip([*row, *[""] * (width - len(row))], [*line, *[""] * (width - len(line))], strict=True)
    return [second if second.strip() else first for first, second in both]


def _stated_unit(above: Sequence[Sequence[str]]) -> str | None:
    """Return the unit that a line above the header states for all its figures (单位：万元)."""
    return next((unit for row in above for cell in row if (unit := unit_of_line(cell))), None)


def _units(row: Sequence[str], positions: dict[str, int], stated: str | None) -> dict[str, str]:
    found = {
        column: next(filter(None, map(unit_in, _in_brackets(row[positions[column]]))), stated)
        for column in _MEASURED
        if column in positions
    }
    return {column: unit for column, unit in found.items() if unit}


def _header(row_number: int, row: Sequence[str], stated: str | None) -> Header:
    places = [(position, column_of(cell)) for position, cell in enumerate(row) if cell.strip()]
    positions: dict[str, int] = {}
    for position, column in places:
        if column in positions:
            raise FileRefused(
                "ambiguous_columns",
                row_number=row_number,
                column_name=NAMES_ZH[column],
                text=f"{row[positions[column]].strip()}、{row[position].strip()}",
            )
        if column:
            positions[column] = position
    if not positions.keys() & {"value", "ytd_value"} and not {"numerator", "denominator"} <= positions.keys():
        text = "、".join(row[position].strip() for position, _ in places)
        raise FileRefused(
            "missing_columns", row_number=row_number, text=text, expected="数值（或分子和分母）"
        )
    return Header(
        row_number=row_number,
        positions=positions,
        headings={column: row[position].strip() for column, position in positions.items()},
        width=1 + max(position for position, _ in places),
        cells=len(row),
        unknown=tuple(
            position
            for position, column in places
            if column is None and _letters(row[position]) not in _UNREAD
        ),
        units=_units(row, positions, stated),
    )
