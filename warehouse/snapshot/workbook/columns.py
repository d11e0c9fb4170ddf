"""The columns of a ledger sheet: what each says of a target's window, how wide, how written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from warehouse.snapshot.month import Row
from warehouse.snapshot.wording import STATUSES, asks_zh, line_zh, required_value, streak

Kind = Literal["text", "centred", "integer", "figure", "percent", "points"]
_YES_NO = {True: "是", False: "否", None: None}


@dataclass(frozen=True)
class Column:
    """One column; `of` gives a cell's value from a row of `Month.figures`, None for an empty cell."""

    heading: str
    width: float
    kind: Kind
    of: Callable[[Row], Any]


def _of(name: str) -> Callable[[Row], Any]:
    return lambda row: row[name]


def _word(name: str, words: dict[Any, Any]) -> Callable[[Row], Any]:
    return lambda row: words[row[name]]


def _last_status(row: Row) -> str | None:
    known = STATUSES.get(row["last_status"])
    return None if known is None else f"{known.zh}（{row['last_status_period']}）"


LEADS = Column("牵头单位", 19, "text", _of("lead_names"))
STATUS = "状态"
COUNTED = "计入统计"
ACTUAL = "实际"
ATTAINMENT = "完成率"

_FIRST = (
    Column("编号", 8.5, "centred", _of("target_code")),
    Column("指标", 28, "text", _of("indicator_name")),
    Column("地区", 8, "centred", _of("area_name")),
)
_JUDGED = (
    Column("起", 8.5, "centred", _of("window_start")),
    Column("止", 8.5, "centred", _of("window_end")),
    Column(
        "要求",
        10.5,
        "centred",
        asks_zh,
    ),
    Column("目标值", 10, "figure", _of("target_value")),
    Column(ACTUAL, 10, "figure", _of("actual_value")),
    Column("单位", 7, "centred", _of("unit")),
    Column(ATTAINMENT, 9, "percent", _of("attainment_pct")),
    Column("序时进度", 9, "percent", _of("expected_pct")),
    Column("与序时进度差距\n（百分点）", 14, "points", _of("gap_pp")),
    Column(STATUS, 13, "centred", _of("status_zh")),
    Column("连续情况", 12, "centred", lambda row: streak(row)[0] or None),
    Column("说明", 44, "text", _of("note")),
)
_BEHIND = (
    Column("对照口径", 10, "centred", lambda row: None if row["expected_value"] is None else line_zh(row)),
    Column("对照值", 12, "figure", _of("expected_value")),
    Column("与对照值差距", 12, "figure", _of("gap_value")),
    Column("较基期进度", 10, "percent", _of("way_gone_pct")),
    Column("自报完成率", 10, "percent", _of("claimed_rate")),
    Column("按当前进度\n预计期末", 12, "figure", _of("forecast_value")),
    Column("预计可完成", 9, "centred", _word("forecast_meets_target", _YES_NO)),
    Column("后续月均需完成", 12, "figure", required_value),
    Column("基数", 12, "figure", _of("baseline_value")),
    Column("目标上限", 12, "figure", _of("upper_value")),
    Column("允许偏差", 10, "figure", _of("tolerance")),
    Column("报至", 9, "centred", _of("reported_through")),
    Column("上次评价", 12, "centred", _last_status),
    Column("佐证和报送说明", 36, "text", _of("remark")),
    Column("报送率", 9, "percent", _of("coverage_pct")),
    Column("暂定", 7, "centred", _word("is_provisional", _YES_NO)),
    Column(COUNTED, 9, "centred", _word("in_force", _YES_NO)),
    Column("承诺编号", 9, "centred", _of("commitment_code")),
    Column("承诺", 22, "text", _of("commitment_title")),
    Column("方案原文", 40, "text", _of("quote_zh")),
    Column("报送单位", 20, "text", _of("reporter_name")),
    Column("指标编码", 10, "centred", _of("indicator_code")),
    Column("地区编码", 14, "centred", _of("area_code")),
)


def columns_with(who: Column) -> tuple[tuple[Column, ...], int]:
    """Return all columns, and how many of them go on paper; `who` says whose the target is."""
    printed = (*_FIRST, who, *_JUDGED)
    return (*printed, *_BEHIND), len(printed)


def role_of(organization_code: str) -> Column:
    """Return the column that says what the organization has to do with each target: 牵头, 报送 or both."""

    def role(row: Row) -> str:
        roles = {
            "牵头": organization_code in row["lead_codes"],
            "报送": organization_code == row["reporter_code"],
        }
        return "、".join(name for name, has in roles.items() if has)

    return Column("本单位职责", 11, "centred", role)
