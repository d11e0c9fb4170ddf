"""The first sheet, what is still open and where; and the last one, what each word of a cell means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from warehouse.plan.workbook import layout
from warehouse.plan.workbook.contents import CARRIED, Contents
from warehouse.plan.workbook.places import Place, Places
from warehouse.plan.workbook.wording import sheet_names, words

_HOW = (
    "这个工作簿就是整个计划。改完存为 .xlsx，用 minsheng plan import 文件.xlsx 文件夹 读回：",
    "先显示差异，加 --yes 才写入。",
    "红色：plan check 发现的错误，批注里写明原因。黄色：起草时推定的内容，确认后删去“待确认”三个字。",
    "This workbook is the whole plan. Edit it, save it as .xlsx, and take it back with: minsheng plan import",
    "FILE.xlsx DIR (it shows the difference; --yes takes it). Red: a fault, explained in the comment.",
    "Yellow: a guess of the draft; take the word 待确认 away when you have confirmed it.",
)
_OPEN_HEADINGS = ("类别 kind", "位置 cell", "内容 what")
_TABLE_HEADINGS = ("工作表 sheet", "文件 file", "有无 there", "行数 rows", "错误 faults", "待确认 to confirm")


def write_overview(page: Any, contents: Contents, places: Places, formats: dict[str, Any]) -> None:
    """Write what is open, fault by fault and note by note, then what the workbook carries."""
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 34)
    page.set_column(2, 2, 100, formats["text"])
    page.write_string(0, 0, "计划总览 Overview of the plan", formats["title"])
    for row, line in enumerate(_HOW, start=1):
        page.write_string(row, 0, line)
    row = _write_open(page, len(_HOW) + 2, list(_open(places)), formats)
    for label, value in ((layout.TEXT_FILE, contents.text_file), (layout.DIGEST, contents.digest)):
        page.write_string(row, 0, label, formats["heading"])
        page.write_string(row, 1, value)
        row += 1
    _write_tables(page, row + 1, contents, places, formats)


def write_words(page: Any, formats: dict[str, Any]) -> None:
    """Write every word that a cell can hold, with its meaning."""
    for column, (heading, width) in enumerate((("列 column", 18), ("词 word", 22), ("含义 meaning", 40))):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, formats["heading"])
    for row, ((name, word), word_zh) in enumerate(words().items(), start=1):
        for column, text in enumerate((name, word, word_zh)):
            page.write_string(row, column, text)


def _open(places: Places) -> Iterator[tuple[str, Place | None, str]]:
    for fault in places.elsewhere:
        yield "错误 fault", None, str(fault)
    for place, faults in sorted(places.faults.items()):
        for fault in faults:
            yield "错误 fault", place, f"{fault.reason} [{fault.code}]"
    for place, text in sorted(places.to_confirm.items()):
        yield "待确认 to confirm", place, text


def _write_open(
    page: Any, row: int, found: list[tuple[str, Place | None, str]], formats: dict[str, Any]
) -> int:
    faults = sum(kind.startswith("错误") for kind, _, _ in found)
    said = f"未决 Open：{faults} 处错误 faults，{len(found) - faults} 处待确认 to confirm"
    page.write_string(row, 0, said, formats["title"])
    for column, heading in enumerate(_OPEN_HEADINGS):
        page.write_string(row + 1, column, heading, formats["heading"])
    for number, (kind, place, text) in enumerate(found, start=row + 2):
        page.write_string(number, 0, kind)
        if place:
            sheet, _, cell = str(place).partition("!")
            page.write_url(number, 1, f"internal:'{sheet}'!{cell}", formats["link"], str(place))
        page.write_string(number, 2, text, formats["text"])
    return row + 3 + len(found)


def _write_tables(page: Any, row: int, contents: Contents, places: Places, formats: dict[str, Any]) -> None:
    for column, heading in enumerate(_TABLE_HEADINGS):
        page.write_string(row, column, heading, formats["heading"])
    for number, table in enumerate(CARRIED, start=row + 1):
        records = contents.tables.get(table.file)
        page.write_string(number, 0, sheet_names()[table.file])
        page.write_string(number, 1, table.file)
        page.write_string(number, 2, layout.PRESENT if records else layout.ABSENT)
        page.write_number(number, 3, len(records.rows) if records else 0)
        page.write_number(number, 4, sum(place.file == table.file for place in places.faults))
        page.write_number(number, 5, sum(place.file == table.file for place in places.to_confirm))
