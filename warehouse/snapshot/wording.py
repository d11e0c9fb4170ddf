"""How results are worded, in one place: figures, statuses, comparators, months, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NO_FIGURE = "—"
_PLACES = 2
_MOST_PLACES = 6


@dataclass(frozen=True)
class Group:
    """Statuses that a leader reads as one; `sign` says it without colour."""

    code: str
    zh: str
    en: str
    sign: str

    @property
    def count_column(self) -> str:
        """The column of `Month.standings` that counts it."""
        return f"{self.code}_count"


GROUPS = (
    Group("done", "已完成", "done", "✓"),
    Group("on_pace", "达序时", "on pace", "●"),
    Group("behind", "滞后", "behind", "▽"),
    Group("far_behind", "严重滞后", "far behind", "▼"),
    Group("overdue", "逾期未完成", "overdue", "×"),
    Group("not_reported", "未报", "not reported", "○"),
    Group("not_judged", "不评价", "not judged", "–"),
)
"""Every measurable target's window is in exactly one of them."""
_BY_CODE = {group.code: group for group in GROUPS}


@dataclass(frozen=True)
class Status:
    """A status of the marts; `rank` orders them from best to worst."""

    code: str
    zh: str
    en: str
    group: Group
    rank: int


def _statuses() -> dict[str, Status]:
    known = [
        ("exceeded", "超额完成", "exceeded", "done"),
        ("achieved", "已完成", "achieved", "done"),
        ("achieved_late", "逾期后完成", "achieved late", "done"),
        ("met_so_far", "暂达标", "met so far", "on_pace"),
        ("on_track", "达到序时", "on track", "on_pace"),
        ("in_progress", "进行中", "in progress", "not_judged"),
        ("not_started", "未到期", "not started", "not_judged"),
        ("not_applicable", "不适用", "not applicable", "not_judged"),
        ("no_baseline", "待基期", "no baseline", "not_judged"),
        ("not_reported", "未报", "not reported", "not_reported"),
        ("behind", "滞后", "behind", "behind"),
        ("far_behind", "严重滞后", "far behind", "far_behind"),
        ("lost", "已不可恢复", "lost", "overdue"),
        ("missed", "逾期未完成", "missed", "overdue"),
    ]
    return {
        code: Status(code, zh, en, _BY_CODE[group], rank)
        for rank, (code, zh, en, group) in enumerate(known, start=1)
    }


STATUSES = _statuses()
STATUSES_BY_NAME = {status.zh: status for status in STATUSES.values()}

COMPARATORS = {
    "at_least": ("不低于", "at least"),
    "at_most": ("不高于", "at most"),
    "above": ("高于", "above"),
    "below": ("低于", "below"),
    "between": ("介于", "between"),
    "about": ("约", "about"),
    "zero": ("不得发生", "none may happen"),
    "declines": ("同比下降", "lower than a year before"),
    "rises": ("同比上升", "higher than a year before"),
    "done": ("按期完成", "done in time"),
    "evidence": ("以佐证材料说明", "told by evidence"),
}

CAUSES_EN = {
    "new_month": "the new month",
    "late_data": "late report",
    "correction": "correction",
    "withdrawal": "withdrawal",
    "hierarchy": "an area's own figure",
    "target_revised": "target revised",
    "method": "method changed",
    "code": "program updated",
    "time": "time moved on",
}
"""Each cause of a change, in English; its Chinese name comes with it. What sums up others has none."""

UNITS_EN = {
    "人": "persons", "人次": "person-times", "个": "", "个次": "times", "场": "events", "家": "units",
    "户": "households", "所": "places", "条": "items", "套": "sets", "件": "cases", "起": "cases",
    "台": "machines", "项": "items", "批次": "batches", "部": "works", "公里": "km",
    "平方米": "m²", "立方米": "m³", "亩": "mu", "元": "yuan", "元/月": "yuan a month",
    "岁": "years", "倍": "times", "百分点": "pp", "%": "%", "微克/立方米": "µg/m³", "系数": "",
}  # fmt: skip
"""Units in English; a unit that is not here stays as it is."""


def figure(value: Decimal | None, beside: Decimal | None = None) -> str:
    """Write a figure with at most two decimals, or a dash where there is none.

    It gets more decimals where two would make it look equal to `beside` though it differs: 99.996 beside 100.
    """
    if value is None:
        return NO_FIGURE
    for places in range(_PLACES, _MOST_PLACES + 1):
        text = _rounded(value, places)
        if beside is None or value == beside or text != _rounded(beside, places):
            return text
    return _rounded(value, _MOST_PLACES)


def signed(value: Decimal | None, places: int = _PLACES) -> str:
    """Write a difference with its sign."""
    if value is None:
        return NO_FIGURE
    text = _rounded(value, places)
    return f"+{text}" if value > 0 and text != "0" else text


def percent(value: Decimal | None, places: int = 1) -> str:
    """Write a percentage with the decimals that the marts keep."""
    return NO_FIGURE if value is None else f"{value:.{places}f}%"


def points(value: Decimal | None) -> str:
    """Write a difference of percentages, in percentage points."""
    return NO_FIGURE if value is None else f"{value:+.1f}"


def month_zh(period: str) -> str:
    """Write `2024-03` as 2024年3月."""
    year, month = period.split("-")
    return f"{year}年{int(month)}月"


def target_zh(row: dict[str, Any]) -> str:
    """Write what is to be reached: 不低于6,000人."""
    return _target(row, 0, row["unit"], "至", f"（±{figure(row['tolerance'])}）")


def target_en(row: dict[str, Any]) -> str:
    """Write what is to be reached in English: at least 6,000 persons."""
    unit = unit_en(row["unit"])
    return _target(row, 1, unit, " to ", f" (±{figure(row['tolerance'])})")


def unit_en(unit: str) -> str:
    """Return the unit in English as it follows a figure."""
    english = UNITS_EN.get(unit, unit)
    return english if english in ("%", "") else f" {english}"


def _target(row: dict[str, Any], language: int, unit: str, to: str, tolerance: str) -> str:
    word = COMPARATORS[row["comparator"]][language]
    if row["target_value"] is None:
        return word
    amount = figure(row["target_value"])
    if row["comparator"] == "between":
        amount += to + figure(row["upper_value"])
    spaced = f"{word}{' ' if language else ''}{amount}{unit}"
    return spaced + (tolerance if row["comparator"] == "about" and row["tolerance"] is not None else "")


def _rounded(value: Decimal, places: int) -> str:
    shown = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{shown:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
