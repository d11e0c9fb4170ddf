"""The department's workbook: known cells locked, cells to fill marked, with drop-downs and gentle bounds."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from warehouse.templates.further_pages import write_corrections, write_help, write_meanings
from warehouse.templates.layout import (
    DENOMINATOR,
    EXPLANATIONS,
    HEADER_ROW,
    HEADINGS,
    NUMERATOR,
    REMARK,
    VALUE,
    WIDTHS,
    YTD,
    looks_in,
    make_room,
    offer_marks,
    print_on_a4,
    write_headings,
)

if TYPE_CHECKING:
    from warehouse.templates.template import Due, Sheet

_MOST = 1e15 - 1
# Whom the form is signed by, beside the lines above its header: row and column.
_SIGNATURES = {(1, 6): "单位负责人：", (1, 9): "审核人：", (2, 6): "填报人：", (2, 9): "联系电话："}
_HEIGHT_OF_TITLE = 22
_LINE = 3
"""How many columns a signature has room in."""


def workbook_of(sheet: Sheet) -> bytes:
    """Return the workbook; the same plan and ledger give the same rows."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        looks = looks_in(workbook)
        _write_figures(workbook, sheet, looks)
        write_corrections(workbook, sheet, looks)
        write_meanings(workbook, sheet, looks)
        write_help(workbook, sheet, looks)
    return stream.getvalue()


def _write_figures(workbook: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    page = workbook.add_worksheet("填报")
    _write_top(page, sheet, looks)
    for place, due in enumerate(sheet.rows, start=HEADER_ROW + 1):
        _write_row(page, place, due, looks)
    last_row = HEADER_ROW + len(sheet.rows)
    _protect(page, last_row)
    is_asked = any(due.asked for due in sheet.rows)
    last_column = EXPLANATIONS[-1] if is_asked else EXPLANATIONS[0] - 1
    print_on_a4(page, last_row, last_column, HEADER_ROW, f"{sheet.organization_name}　{sheet.period}")


def _write_top(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    page.set_row(0, _HEIGHT_OF_TITLE)
    page.write_string(0, 0, sheet.title, looks["title"])
    page.write_string(1, 0, f"模板编号：{sheet.template_id}")
    page.write_string(2, 0, f"填报单位：{sheet.organization_name}")
    page.write_string(3, 0, f"截止日期：{sheet.deadline}")
    for (row, column), words in _SIGNATURES.items():
        page.write_string(row, column, words, looks["signature"])
        for beside in range(column + 1, column + _LINE - 1):
            page.write_blank(row, beside, None, looks["signature"])
    write_headings(page, HEADER_ROW, HEADINGS, WIDTHS, looks["heading"])


def _write_row(page: Any, place: int, due: Due, looks: dict[str, Any]) -> None:
    known = (due.period, due.indicator_code, due.indicator_name, due.unit, due.area_code, due.area_name)
    for column, text in enumerate(known):
        page.write_string(place, column, text, looks["known"])
    to_fill = _to_fill(due)
    for column in range(VALUE, REMARK):
        page.write_blank(place, column, None, looks["open" if column in to_fill else "known"])
    page.write_blank(place, REMARK, None, looks["open_text"])
    beside = (due.last, "\n".join(_for_reading(due)))
    for column, text in enumerate(beside, start=REMARK + 1):
        page.write_string(place, column, text, looks["known"])
    for column in EXPLANATIONS:
        page.write_blank(place, column, None, looks["open_text" if due.asked else "known"])
    make_room(page, place, known + beside, WIDTHS[: len(known)] + WIDTHS[REMARK + 1 : EXPLANATIONS[0]])
    _check(page, place, due, to_fill)


def _for_reading(due: Due) -> list[str]:
    """Return what stands beside the figures: the target, and what the two parts of a rate are."""
    parts = zip(("分子", "分母"), due.parts, strict=True) if due.is_ratio else ()
    return [*filter(None, [due.target]), *(f"{name}：{_said_of(due, part)}" for name, part in parts)]


def _check(page: Any, place: int, due: Due, to_fill: tuple[int, ...]) -> None:
    if due.asked:
        first, last = EXPLANATIONS[0], EXPLANATIONS[-1]
        page.data_validation(place, first, place, last, {"validate": "any", "input_message": due.asked[:255]})
    if due.is_ratio:
        for column, part in zip(to_fill, due.parts, strict=True):
            page.data_validation(
                place, column, place, column, _bounds(0, _MOST) | {"input_message": _said_of(due, part)[:255]}
            )
    elif not due.is_running_total:
        low, high = due.bounds
        validation = _bounds(-_MOST if low is None else float(low), _MOST if high is None else float(high))
        page.data_validation(place, VALUE, place, VALUE, validation)


def _to_fill(due: Due) -> tuple[int, ...]:
    if due.is_ratio:
        return (NUMERATOR, DENOMINATOR)
    return (YTD,) if due.is_running_total else (VALUE, YTD)


def _said_of(due: Due, part: str) -> str:
    return f"{part}（本年累计）" if due.is_running_total else part


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
    offer_marks(page, HEADER_ROW + 1, last_row)
    page.freeze_panes(HEADER_ROW + 1, 3)
    page.protect("", {"insert_rows": True, "delete_rows": True, "format_columns": True, "sort": True})
