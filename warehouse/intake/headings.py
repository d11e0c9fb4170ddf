"""The words that a heading may be, and which column each means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from warehouse.intake.values import narrowed

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
    "claimed_rate": "完成率",
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
    "claimed_rate": "完成率 完成比例 claimed_rate",
    "remark": "备注 说明 备注说明 remark remarks note notes comment",
    "unit": "计量单位 单位 指标单位 unit",
}
_FOR_PEOPLE = "序号 上期数 上月数 目标 填报单位 填报人 联系电话 no"
"""Columns that help whoever fills the file in; that they are not read goes without saying."""
_COLUMN_OF = {alias: column for column, aliases in _ALIASES.items() for alias in aliases.split()}
_BRACKETED = re.compile(r"\((.*?)\)|\[(.*?)\]|【(.*?)】")
OTHER_FIGURES = re.compile("上年|去年|同期|上期|上月|计划|目标|预算|预计|任务")
"""Words in brackets that make a column another figure than the month's; it is not read."""
RUNNING_TOTAL = re.compile("累计|年初至今|至本月")
"""Words in brackets that make a column the running total of the year."""
REQUIRED = ("period", "indicator_code")
"""What every header names, but for the month where months are columns."""
MEASURED = ("value", "ytd_value")
"""The columns of figures that have the indicator's unit."""
FIGURES = (*MEASURED, "numerator", "denominator")
_SEPARATORS = re.compile(r"[\s_*:·-]+")
_BY_LETTERS = {_SEPARATORS.sub("", alias): column for alias, column in _COLUMN_OF.items()}
_UNREAD = {_SEPARATORS.sub("", alias) for alias in _FOR_PEOPLE.split()}


def also_called(columns: Mapping[str, str]) -> None:
    """Have this process read further headings, each as a column of the contract.

    Raises ValueError where a column is none of the contract.
    """
    for heading, column in columns.items():
        if column not in NAMES_ZH:
            raise ValueError(f"{column} is no column of a submission; it has {', '.join(NAMES_ZH)}")
        _BY_LETTERS[letters(heading)] = column
    column_of.cache_clear()


@lru_cache(maxsize=1_000)
def column_of(cell: str) -> str | None:
    """Return the column that a heading means, with what it says in brackets, or None."""
    column = _BY_LETTERS.get(letters(cell))
    words = "".join(in_brackets(cell))
    if column is None or OTHER_FIGURES.search(words):
        return None
    return "ytd_value" if column == "value" and RUNNING_TOTAL.search(words) else column


def in_brackets(cell: str) -> list[str]:
    """Return what stands in brackets in a heading."""
    return ["".join(groups) for groups in _BRACKETED.findall(narrowed(cell))]


def letters(cell: str) -> str:
    """Return a heading without what stands in brackets, in small letters and without separators."""
    return _SEPARATORS.sub("", _BRACKETED.sub("", narrowed(cell)).casefold())


def is_for_people(cell: str) -> bool:
    """Return whether a heading is of a column that helps people and is never read."""
    return letters(cell) in _UNREAD
