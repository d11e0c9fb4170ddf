"""How windows and organizations stand, in words: for how long they lag or are silent, and their rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warehouse.snapshot.wording.figures import counted_en, month_zh
from warehouse.snapshot.wording.vocabulary import STATUSES, Status

Words = tuple[str, str]
"""In Chinese and in English; empty where there is nothing to say."""


def streak(row: Mapping[str, Any]) -> Words:
    """Say for how many months in a row a row of `Month.figures` has lagged, or has not been reported."""
    if STATUSES[row["status"]].phase == "silent":
        silent = row["months_unreported"]
        return (
            (f"连续{silent}个月未报", f"{counted_en(silent, 'month')} without a report")
            if silent
            else ("", "")
        )
    behind = row["months_behind"]
    return (f"连续滞后{behind}个月", f"behind for {counted_en(behind, 'month')}") if behind else ("", "")


def last_known(row: Mapping[str, Any]) -> Words:
    """Say what a silent window was called when it was last reported."""
    known: Status | None = STATUSES.get(row["last_status"])
    if known is None or STATUSES[row["status"]].phase != "silent":
        return "", ""
    since = row["last_status_period"]
    return f"此前为{known.zh}（{month_zh(since)}）", f"before: {known.en} ({since})"


def rank(score: Mapping[str, Any]) -> Words:
    """Write the rank of a row of `Month.scorecards` among the ranked: 3 / 18（并列）; or why it has none."""
    if score["lead_rank"] is None:
        if not score["judged_windows"]:
            return "未排名（暂无可评价的考核期）", "not ranked (nothing to judge yet)"
        return "未排名（本月有未报数据）", "not ranked (reports of the month are missing)"
    place = f"{score['lead_rank']} / {score['ranked_organizations']}"
    known = {
        ("并列", "tied"): score["is_rank_tied"],
        (
            f"仅{score['judged_windows']}个考核期",
            f"only {counted_en(score['judged_windows'], 'window')}",
        ): score["leads_few_windows"],
    }
    said = [words for words, holds in known.items() if holds]
    if not said:
        return place, place
    return (
        f"{place}（{'，'.join(zh for zh, _ in said)}）",
        f"{place} ({', '.join(en for _, en in said)})",
    )
