"""What people read of a city's edition: the report as one page, the workbook with a sheet for each mart."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.city.marts import described, rows_of
from warehouse.periods import Period
from warehouse.published import MARTS_FILE
from warehouse.snapshot.page import page
from warehouse.snapshot.report import REPORT_PAGE
from warehouse.snapshot.wording import GROUPS, STATUSES
from warehouse.snapshot.workbook import TEXT_STAYS_TEXT, WORKBOOK

_HEADING = {"bold": True, "text_wrap": True, "bg_color": "#F3F6F9", "border": 1}
_SAMPLE = "样例数据：由样例报送计算，不是真实数字，不得引用。"
_WIDTH = 14

Row = dict[str, Any]


def write_report(folder: Path, facts: Row) -> None:
    """Draw the page: districts side by side, sections by status, common indicators, what it was made of."""
    marts = {name: rows_of(folder / MARTS_FILE, name) for name in described()}
    contents = page(
        "city.html.j2",
        facts=facts,
        edition=f"{facts['period']}/r{facts['revision']}",
        districts=marts["districts"],
        sections=_sections(marts["section_statuses"]),
        indicators=_side_by_side(marts["indicators"], marts["indicator_totals"]),
    )
    (folder / REPORT_PAGE).write_bytes(contents)


def write_workbook(folder: Path, facts: Row) -> None:
    """Write every mart as a sheet, headed in Chinese; the same marts give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, TEXT_STAYS_TEXT) as workbook:
        period = Period.parse(facts["period"])
        made = datetime(period.year, period.month, 1)  # noqa: DTZ001 - fixed, so that the bytes are
        workbook.set_properties({"title": f"全市情况 {period}/r{facts['revision']}", "created": made})
        heading, sample = (
            workbook.add_format(_HEADING),
            workbook.add_format({"bold": True, "color": "#B71C1C"}),
        )
        for name, words in described().items():
            sheet = workbook.add_worksheet(words["title"])
            top = 1 if facts["is_sample"] else 0
            if facts["is_sample"]:
                sheet.write_string(0, 0, _SAMPLE, sample)
            titles = [title for title, _ in words["columns"].values()]
            sheet.write_row(top, 0, titles, heading)
            for number, row in enumerate(rows_of(folder / MARTS_FILE, name), top + 1):
                sheet.write_row(number, 0, [_cell(row[column]) for column in words["columns"]])
            sheet.set_column(0, len(titles) - 1, _WIDTH)
            sheet.freeze_panes(top + 1, 0)
    (folder / WORKBOOK).write_bytes(stream.getvalue())


def _cell(value: Any) -> Any:
    """Return a value as a cell has it: figures as numbers, yes and no as words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return float(value) if isinstance(value, Decimal) else value


def _sections(statuses: list[Row]) -> list[Row]:
    """Return the counts of each group of statuses, for each section and district."""
    found: dict[tuple[str, str], Row] = {}
    for row in statuses:
        key = (row["section_zh"], row["district_name"])
        counts = found.setdefault(key, dict.fromkeys((group.code for group in GROUPS), 0))
        counts[STATUSES[row["status"]].group.code] += row["windows"]
    return [
        {"section": section, "district": district, "counts": counts}
        for (section, district), counts in found.items()
    ]


def _side_by_side(figures: list[Row], totals: list[Row]) -> list[Row]:
    """Return each common indicator once, with the figures of its districts and the total, if there is one."""
    total_of = {row["indicator_code"]: row for row in totals}
    found: dict[str, Row] = {}
    for row in figures:
        one = found.setdefault(
            row["indicator_code"], row | {"figures": {}, "total": total_of.get(row["indicator_code"])}
        )
        one["figures"][row["district_code"]] = row
    return list(found.values())
