"""The words that a heading may be, and which column each means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from warehouse.intake.units import unit_in, vocabulary
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
    "reason": "滞后原因",
    "measure": "下一步措施",
    "promised_on": "完成时限",
    "responsible": "责任人",
    "contact": "联系电话",
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
    "area_name": "地区名称 街道名称 街道 地区 乡镇街道 乡镇 镇街 街镇 所在街道 所属街道 所在地区 所属地区 "
    "辖区 area_name",
    "value": "数值 本月 当月 本期 指标值 本月数 本月值 本期数 本期值 当月数 当月值 本月完成 本月完成数 "
    "value figure",
    "numerator": "分子 分子数 分子值 numerator",
    "denominator": "分母 分母数 分母值 denominator",
    "ytd_value": "本年累计 本年累计数 累计 累计数 累计值 年初至今 ytd_value ytd year_to_date",
    "claimed_rate": "完成率 完成比例 claimed_rate",
    "reason": "滞后原因 未完成原因 reason",
    "measure": "下一步措施 下步措施 整改措施 measure",
    "promised_on": "完成时限 整改时限 promised_on",
    "responsible": "责任人 responsible",
    "contact": "联系电话 contact",
    "remark": "备注 说明 备注说明 remark remarks note notes comment",
    "unit": "计量单位 单位 指标单位 数据单位 计数单位 unit",
}
_FOR_PEOPLE = "序号 上期数 上月数 目标 填报单位 填报人 no"
"""Columns that help people to fill the file in. They are never read, and no receipt mentions them."""
_COLUMN_OF = {alias: column for column, aliases in _ALIASES.items() for alias in aliases.split()}
_BRACKETED = re.compile(r"\((.*?)\)|\[(.*?)\]|【(.*?)】")
OTHER_FIGURES = re.compile(
    "上年|去年|同期|上期|上月|同比|环比|增速|增幅|增长|计划|目标|预算|预计|预测|任务|应完成|考核|基数"
    "|last|previous|plan|target|budget|growth"
)
"""Words in brackets that make a column another figure than the month's; it is not read."""
RUNNING_TOTAL = re.compile(
    "累计|年初至今|至本月|^0?1月?[-—–~～至到][0-9]{1,2}月$|ytd|cumul|year to date|year_to_date"
)
"""Words in brackets that make a column the running total of the year."""
_HARMLESS = re.compile(
    "(?:本年|当年|当月|本月|本期|当期|期末|月末|季末|年末|必填|选填|填数字|整数|数字|实际|实绩|完成|情况|小写|阿拉伯|不?含税"
    "|保留.{0,3}位?小数|示例|样例|数|值|month|monthly|actual|required|optional)+"
)
"""Words in brackets that change nothing."""
_TITLE_OF_OTHERS = re.compile(
    "(?:20[0-9]{2}年?)?(?:年度)?(?:上年|去年|上年同期|去年同期|同期|计划|目标|任务|预算)(?:数|值|表|数值|数据|情况|完成情况)?"
)
REQUIRED = ("period", "indicator_code")
"""What every header names, but for the month where months are columns."""
MEASURED = ("value", "ytd_value")
"""The columns of figures that have the indicator's unit."""
_PARTS = ("numerator", "denominator")
FIGURES = (*MEASURED, *_PARTS)
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
    words = "".join(in_brackets(cell)).casefold()
    if column is None or OTHER_FIGURES.search(words):
        return None
    return "ytd_value" if column == "value" and RUNNING_TOTAL.search(words) else column


def unclear_in(cell: str) -> str | None:
    """Return what a heading of figures says in brackets that may change them in a way that nobody knows.

    A unit, words for the running total and some harmless ones are known; then it is None. The unit of a part
    of a rate has no scale.
    """
    column = column_of(cell)
    if column not in (*FIGURES, "claimed_rate"):
        return None
    for words in in_brackets(cell):
        for part in parts_in(words.casefold()):
            is_known = is_harmless(part) or (column == "ytd_value" and RUNNING_TOTAL.search(part))
            if not is_known and not (part in vocabulary() if column in _PARTS else unit_in(part)):
                return words
    return None


def is_harmless(words: str) -> bool:
    """Return whether words beside a heading of figures change nothing."""
    return bool(_HARMLESS.fullmatch(narrowed(words).casefold()))


def in_brackets(cell: str) -> list[str]:
    """Return what stands in brackets in a heading."""
    return ["".join(groups) for groups in _BRACKETED.findall(narrowed(cell))]


def parts_in(words: str) -> list[str]:
    """Return the parts of what stands in brackets, where it says several things."""
    return [part for part in re.split(r"[,;、\s]+", words) if part]


def without_brackets(cell: str) -> str:
    """Return a heading without what stands in brackets."""
    return _BRACKETED.sub("", narrowed(cell)).strip()


def letters(cell: str) -> str:
    """Return a heading without what stands in brackets, in small letters and without separators."""
    return _SEPARATORS.sub("", without_brackets(cell).casefold())


def names_other_figures(title: str) -> bool:
    """Return whether the title of a table or a sheet says that its figures are not those of the months."""
    return bool(_TITLE_OF_OTHERS.fullmatch(letters(title)))


def is_for_people(cell: str) -> bool:
    """Return whether a heading is of a column that helps people and is never read."""
    return letters(cell) in _UNREAD
