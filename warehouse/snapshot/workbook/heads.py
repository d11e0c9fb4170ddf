"""What stands on every sheet and printed page: title, edition, sample mark, staleness mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.snapshot.exports.marks import SAMPLE_MARK
from warehouse.snapshot.month import Month
from warehouse.snapshot.wording import month_zh, percent
from warehouse.snapshot.workbook.looks import Looks

A4 = 9
HEAD_ROWS = 4


@dataclass(frozen=True)
class Head:
    """What the sheets of one workbook have in common."""

    edition: str
    month: Month

    @property
    def about(self) -> str:
        """The line under the title."""
        fresh = self.month.freshness
        known = f"，数据更新时间{fresh['known_through']:%Y-%m-%d %H:%M}" if fresh["known_through"] else ""
        return (
            f"{month_zh(self.month.period)}末 · 期次 {self.edition}{known}，"
            f"应报{fresh['figures_expected']}项、已报{fresh['figures_received']}项"
            f"（报送率{percent(fresh['coverage_pct'])}）"
        )

    def write(self, sheet: Any, looks: Looks, title: str, columns: int) -> None:
        """Write the top of a sheet over its first `columns` columns, and set its page up."""
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, f"{self.month.plan_title}推进情况台账 · {title}", looks["title"])
        sheet.write_string(1, 0, self.about, looks["about"])
        if self.month.freshness["is_sample"]:
            sheet.merge_range(2, 0, 2, columns - 1, SAMPLE_MARK, looks["sample"])
        self._staleness(sheet, looks)
        self._page(sheet)

    def _staleness(self, sheet: Any, looks: Looks) -> None:
        """Let the sheet itself say that a newer edition is due: the one formula of the workbook."""
        deadline: date | None = self.month.freshness["next_deadline"]
        if deadline is None:
            sheet.write_string(3, 0, "方案期已满，没有下一期。", looks["freshness"])
            return
        look = {"type": "text", "criteria": "begins with", "value": "⚠", "format": looks.stale()}
        sheet.conditional_format(3, 0, 3, 0, look)
        current = f"本期为最新：下期报送截止{deadline.isoformat()}。"
        stale = f"⚠ 本期已过期：下期报送已于{deadline.isoformat()}截止，请取最新一期。"
        limit = f"DATE({deadline.year},{deadline.month},{deadline.day})"
        sheet.write_formula(3, 0, f'=IF(TODAY()>{limit},"{stale}","{current}")', looks["freshness"], current)

    def _page(self, sheet: Any) -> None:
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.center_horizontally()
        mark = SAMPLE_MARK if self.month.freshness["is_sample"] else ""
        sheet.set_footer(f"&L&9{mark}&C&9第 &P 页，共 &N 页&R&9期次 {self.edition}")
