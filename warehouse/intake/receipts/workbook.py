"""The receipt for people: what happened, what to fix first, every row, and what is still due."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

from warehouse.intake.receipts.receipt import STATUS_ZH, Finding, Receipt

_MOST_TEXT = 2_000
_MOST_ROWS = 1_000_000


def workbook_of(receipt: Receipt) -> bytes:
    """Return the receipt as an XLSX workbook; every text of the department is written as text."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        bold = workbook.add_format({"bold": True})
        _summary(workbook.add_worksheet("回执"), receipt, bold)
        _findings(workbook.add_worksheet("明细"), receipt, bold)
        if receipt.missing:
            _missing(workbook.add_worksheet("尚欠"), receipt, bold)
    return stream.getvalue()


def _summary(sheet: Any, receipt: Receipt, bold: Any) -> None:
    rows = receipt.rows
    facts: tuple[tuple[str, str | int], ...] = (
        ("文件", receipt.file_name),
        ("结果", STATUS_ZH[receipt.status]),
        ("收到时间", receipt.received_at[:19].replace("T", " ")),
        ("受理编号", receipt.submission_id),
        ("共读取行数", rows.read),
        ("接收", rows.accepted),
        ("接收但有提醒", rows.warned),
        ("未接收", rows.refused),
        ("空行", rows.blank),
        ("非数据行（标题、表头、合计、说明）", rows.non_data),
        ("本期尚欠指标数", len(receipt.missing)),
    )
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 3, 50)
    for place, (name, fact) in enumerate(facts):
        sheet.write_string(place, 0, name, bold)
        _write(sheet, place, 1, fact)
    _ranking(sheet, len(facts) + 1, receipt, bold)


def _ranking(sheet: Any, first: int, receipt: Receipt, bold: Any) -> None:
    """List the things to fix, those that cost most rows first."""
    for column, heading in enumerate(("需要处理的问题", "怎么改", "例子", "行数")):
        sheet.write_string(first, column, heading, bold)
    examples: dict[tuple[str, str], Finding] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for kind, found in (("未接收", receipt.refusals), ("提醒", receipt.warnings)):
        for one in found:
            examples.setdefault((kind, one.rule), one)
            counts[kind, one.rule] += 1
    ranked = sorted(counts, key=lambda key: (key[0] == "提醒", -counts[key]))
    for place, key in enumerate(ranked, start=first + 1):
        example = examples[key]
        where = f"第 {example.row} 行" if example.row else "整个文件"
        cells: tuple[str | int, ...] = (f"{key[0]}：{example.reason_zh}", example.fix_zh, where, counts[key])
        for column, cell in enumerate(cells):
            _write(sheet, place, column, cell)


def _findings(sheet: Any, receipt: Receipt, bold: Any) -> None:
    headings = ("结果", "工作表", "行", "列", "内容", "原因", "怎么改")
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(4, 6, 40)
    found = [("未接收", one) for one in receipt.refusals] + [("提醒", one) for one in receipt.warnings]
    for place, (kind, one) in enumerate(found[:_MOST_ROWS], start=1):
        cells = (kind, one.sheet, one.row, one.column, one.text, one.reason_zh, one.fix_zh)
        for column, cell in enumerate(cells):
            _write(sheet, place, column, cell)


def _missing(sheet: Any, receipt: Receipt, bold: Any) -> None:
    for column, heading in enumerate(("报告期", "指标编码", "指标名称", "地区编码")):
        sheet.write_string(0, column, heading, bold)
    sheet.set_column(2, 2, 40)
    for place, one in enumerate(receipt.missing, start=1):
        for column, cell in enumerate((one.period, one.indicator_code, one.indicator_name, one.area_code)):
            _write(sheet, place, column, cell)


def _write(sheet: Any, row: int, column: int, cell: str | int | None) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, cell[:_MOST_TEXT])
