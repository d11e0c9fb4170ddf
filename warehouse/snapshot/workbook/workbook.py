"""The workbook of one edition: every sheet made from the month's one set of results."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from warehouse.periods import Period
from warehouse.snapshot.month import Month, Row
from warehouse.snapshot.wording import GROUPS
from warehouse.snapshot.workbook import notes, overview
from warehouse.snapshot.workbook.columns import LEADS, Column, role_of
from warehouse.snapshot.workbook.heads import Head
from warehouse.snapshot.workbook.ledger import write_ledger
from warehouse.snapshot.workbook.looks import Looks
from warehouse.snapshot.workbook.notes import write_notes
from warehouse.snapshot.workbook.overview import whole_district, write_overview
from warehouse.snapshot.workbook.sheet_names import SheetNames

WORKBOOK = "workbook.xlsx"
TEXT_STAYS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WHOLE, _SECTION, _DEPARTMENT = "#B71C1C", "#1F4E79", "#7CB342"


@dataclass(frozen=True)
class _Ledger:
    """One ledger sheet to write."""

    scope: str
    code: str
    title: str
    summary: str
    who: Column
    rows: list[Row]
    colour: str


def workbook_of(month: Month, edition: str) -> bytes:
    """Return the ledger of the month as XLSX; the same marts and edition name give the same bytes.

    `edition` is the edition as people call it: `2025-03/r2`.
    """
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, TEXT_STAYS_TEXT) as workbook:
        period = Period.parse(month.period)
        made = datetime(period.year, period.month, 1)  # noqa: DTZ001 - fixed, so that the bytes are
        workbook.set_properties({"title": f"{month.plan_title}推进情况台账 {edition}", "created": made})
        workbook.set_size(2400, 1400)
        looks, head, names = Looks(workbook), Head(edition, month), SheetNames()
        first = workbook.add_worksheet(names.give(overview.TITLE))
        names.give(notes.TITLE)
        ledgers = list(_ledgers(month))
        named = {(one.scope, one.code): names.give(one.title) for one in ledgers}
        for one in ledgers:
            sheet = workbook.add_worksheet(named[one.scope, one.code])
            sheet.set_tab_color(one.colour)
            write_ledger(sheet, looks, head, one.title, (one.summary, one.who, one.rows))
        write_overview(first, workbook, looks, head, named)
        write_notes(workbook.add_worksheet(notes.TITLE), looks, head)
    return stream.getvalue()


def _ledgers(month: Month) -> Iterator[_Ledger]:
    """Yield the sheets in their order: all targets, each section of the plan, each department."""
    summary = _counts(whole_district(month))
    yield _Ledger("all", "", "全部目标", summary, LEADS, month.figures, _WHOLE)
    for standing in month.standings:
        if standing["scope"] == "section":
            code = standing["code"]
            rows = [row for row in month.figures if row["section_zh"] == code]
            yield _Ledger("section", code, code, _counts(standing), LEADS, rows, _SECTION)
    leads = {row["code"]: row for row in month.standings if row["scope"] == "lead"}
    for score in month.scorecards:
        code = score["organization_code"]
        rows = [row for row in month.figures if code in row["lead_codes"] or code == row["reporter_code"]]
        if rows or code in leads:
            summary = _department(leads.get(code), score)
            yield _Ledger("lead", code, score["organization_name"], summary, role_of(code), rows, _DEPARTMENT)


def _department(standing: Row | None, score: Row) -> str:
    led = f"牵头{_counts(standing)}" if standing else "不牵头目标"
    reporting = f"；累计应报{score['figures_expected']}项、按时{score['figures_on_time']}项"
    return led + (reporting if score["figures_expected"] else "")


def _counts(standing: Row) -> str:
    """Say a standing in words, without what is zero."""
    parts = [f"{group.zh}{standing[group.count_column]}" for group in GROUPS if standing[group.count_column]]
    return f"涉及考核期{standing['windows']}个：{'、'.join(parts) or '均未开始'}"
