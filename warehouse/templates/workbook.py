"""The department's workbook: known cells locked, cells to fill marked, with drop-downs and gentle bounds."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.templates.template import Due, Sheet

HEADINGS = (
    "报告期",
    "指标编码",
    "指标名称",
    "计量单位",
    "地区编码",
    "地区名称",
    "数值",
    "分子",
    "分母",
    "本年累计",
    "备注",
    "上期数",
    "目标",
    "滞后原因",
    "下一步措施",
    "完成时限",
    "责任人",
    "联系电话",
)
_WIDTHS = (10, 14, 36, 8, 14, 14, 14, 14, 14, 14, 24, 22, 36, 30, 30, 14, 12, 16)
_VALUE, _NUMERATOR, _DENOMINATOR, _YTD, _REMARK = range(6, 11)
_EXPLANATIONS = range(13, 18)
_HEADER_ROW = 4
_MOST = 1e15 - 1
_HELP = (
    "只填写白色单元格；灰色单元格由系统填好，已锁定。",
    "数值列填本月发生数或月末数，不填累计数。本年累计列填1月至本月的累计数：与数值同填，用于核对；只填本年累计，即按累计数报送。",
    "期初：数值填截至该月（含该月）的本年累计数，备注选“期初”；以前各月不再逐月补报。",
    "比率类指标只填分子和分母，由系统计算。",
    "数值列已锁定、本年累计列可填的，只填本年累计；分子、分母注明本年累计的，填自本年起的累计数。",
    "确实没有发生：填 0，并在备注选“零报”。不适用：数值留空，备注选“不适用”。留空不等于零。",
    "报告期早于本月的行，是发布较晚、这个月才报的数字，按所列报告期填写。",
    "更正以前月份：复制一行，改报告期后填正确数字；撤回：备注选“撤回”。",
    "滞后原因至联系电话五列只对已列入督办的指标开放：请说明原因、措施和完成时限；没有数字也可以只填说明，但仍算未报。",
    "填好后存为 .xlsx，放入本单位的收件文件夹；回执会逐行说明结果。",
)


def workbook_of(sheet: Sheet) -> bytes:
    """Return the workbook; the same plan and ledger give the same rows."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        looks = {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "heading": workbook.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1}),
            "known": workbook.add_format({"bg_color": "#F2F2F2", "border": 1, "text_wrap": True}),
            "open": workbook.add_format({"border": 1, "locked": False}),
            "open_text": workbook.add_format({"border": 1, "locked": False, "num_format": "@"}),
        }
        page = workbook.add_worksheet("填报")
        _write_top(page, sheet, looks)
        for place, due in enumerate(sheet.rows, start=_HEADER_ROW + 1):
            _write_row(page, place, due, looks)
        _protect(page, _HEADER_ROW + len(sheet.rows))
        notes = workbook.add_worksheet("填表说明")
        notes.set_column(0, 0, 100)
        for place, line in enumerate(_HELP):
            notes.write_string(place, 0, line)
    return stream.getvalue()


def _write_top(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    page.write_string(0, 0, sheet.title, looks["title"])
    page.write_string(1, 0, f"模板编号：{sheet.template_id}")
    page.write_string(2, 0, f"填报单位：{sheet.organization_name}")
    page.write_string(3, 0, f"截止日期：{sheet.deadline}")
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        page.write_string(_HEADER_ROW, column, heading, looks["heading"])
        page.set_column(column, column, width)


def _write_row(page: Any, place: int, due: Due, looks: dict[str, Any]) -> None:
    known = (due.period, due.indicator_code, due.indicator_name, due.unit, due.area_code, due.area_name)
    for column, text in enumerate(known):
        page.write_string(place, column, text, looks["known"])
    to_fill = _to_fill(due)
    for column in range(_VALUE, _REMARK):
        page.write_blank(place, column, None, looks["open" if column in to_fill else "known"])
    page.write_blank(place, _REMARK, None, looks["open_text"])
    for column, text in enumerate((due.last, due.target), start=_REMARK + 1):
        page.write_string(place, column, text, looks["known"])
    for column in _EXPLANATIONS:
        page.write_blank(place, column, None, looks["open_text" if due.asked else "known"])
    if due.asked:
        first, last = _EXPLANATIONS[0], _EXPLANATIONS[-1]
        page.data_validation(place, first, place, last, {"validate": "any", "input_message": due.asked[:255]})
    if due.is_ratio:
        for column, part in zip(to_fill, due.parts, strict=True):
            page.data_validation(
                place, column, place, column, _bounds(0, _MOST) | {"input_message": _said_of(due, part)}
            )
    elif not due.is_running_total:
        low, high = due.bounds
        validation = _bounds(-_MOST if low is None else float(low), _MOST if high is None else float(high))
        page.data_validation(place, _VALUE, place, _VALUE, validation)


def _to_fill(due: Due) -> tuple[int, ...]:
    if due.is_ratio:
        return (_NUMERATOR, _DENOMINATOR)
    return (_YTD,) if due.is_running_total else (_VALUE, _YTD)


def _said_of(due: Due, part: str) -> str:
    return (f"{part}（本年累计）" if due.is_running_total else part)[:255]


def _bounds(low: float, high: float) -> dict[str, Any]:
    """Return a check that asks back but lets the department insist: intake decides, and says why."""
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "error_type": "warning",
        "error_title": "请核对",
        "error_message": "不是数字，或超出通常范围",
    }


def _protect(page: Any, last_row: int) -> None:
    """Lock what is known, without a password: against slips, not against people."""
    page.data_validation(
        _HEADER_ROW + 1,
        _REMARK,
        last_row,
        _REMARK,
        {"validate": "list", "source": ["零报", "不适用", "期初", "撤回"], "error_type": "information"},
    )
    page.freeze_panes(_HEADER_ROW + 1, 3)
    page.protect("", {"insert_rows": True, "delete_rows": True, "format_columns": True, "sort": True})
