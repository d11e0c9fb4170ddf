"""How the sheets of a department's workbook are laid out: their columns, their looks, and how they print."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from rich.cells import cell_len

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
WIDTHS = (9, 11, 24, 8, 12, 11, 10, 10, 10, 10, 13, 15, 40, 18, 18, 11, 9, 13)
VALUE, NUMERATOR, DENOMINATOR, YTD, REMARK = range(6, 11)
EXPLANATIONS = range(13, 18)
HEADER_ROW = 4
"""The header's place on the sheet of figures, counted from 0; what is due begins below it."""
MARKS = ("零报", "不适用", "期初", "撤回")
_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True},
    "known": {"bg_color": "#F2F2F2", "border": 1, "text_wrap": True},
    "open": {"border": 1, "locked": False},
    "open_text": {"border": 1, "locked": False, "num_format": "@", "text_wrap": True},
    "signature": {"bottom": 1, "locked": False, "num_format": "@"},
    "words": {"text_wrap": True},
}
_POINTS_A_LINE = 16
_A4 = 9
_NARROW = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}


def looks_in(workbook: Any) -> dict[str, Any]:
    """Return the formats of cells: what is known is grey and locked, what is open is white and is not."""
    return {name: workbook.add_format({"valign": "top", **format_}) for name, format_ in _LOOKS.items()}


def write_headings(
    page: Any, row: int, headings: tuple[str, ...], widths: tuple[int, ...], look: Any
) -> None:
    """Write a header, and make its columns as wide as they need."""
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        page.write_string(row, column, heading, look)
        page.set_column(column, column, width)


def make_room(page: Any, row: int, cells: Sequence[str], widths: Sequence[int]) -> None:
    """Make a row as high as its words need in columns so wide: not every program does so by itself."""
    lines = [
        sum(max(1, ceil(cell_len(line) / (width - 1))) for line in words.split("\n"))
        for words, width in zip(cells, widths, strict=True)
    ]
    page.set_row(row, _POINTS_A_LINE * max(lines))


def offer_marks(page: Any, first_row: int, last_row: int) -> None:
    """Offer the marks that a remark may be; other words may be written too."""
    rule = {"validate": "list", "source": list(MARKS), "error_type": "information"}
    page.data_validation(first_row, REMARK, last_row, REMARK, rule)


def print_on_a4(page: Any, last_row: int, last_column: int, header_row: int, footer: str) -> None:
    """Print what is used, lying, as wide as a page of A4, its header on each page."""
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(**_NARROW)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, last_row, last_column)
    page.repeat_rows(header_row)
    page.set_footer(f"&L{footer.replace('&', '&&')}&R第 &P 页，共 &N 页")
