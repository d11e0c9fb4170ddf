"""The fast reader of large sheets: it reads what the other one does, and leaves what is not plain."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.test_xlsx import SHEET, edited
from warehouse.intake.readers import Workbooks, xlsx, xlsx_parts
from warehouse.intake.readers.plain_sheet import NotPlain, PlainSheet

Table = list[list[str]]
CELLS = [
    12,
    0,
    -3,
    0.1,
    0.1 + 0.2,
    1e-7,
    12345678901234567,
    -12345678901234567,
    2.5e20,
    "2025-03",
    "JOBS",
    " x ",
    "<&>",
    "上\n下",
    None,
]


def workbook(*tables: list[list[Any]]) -> bytes:
    """A workbook with one sheet for each table."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for table in tables:
            sheet = book.add_worksheet()
            for place, row in enumerate(table):
                sheet.write_row(place, 0, row)
    return stream.getvalue()


def by_events(path: Path) -> list[Table]:
    """The rows of each sheet."""
    with xlsx.opened(path) as document:
        return [trimmed([list(row) for row in sheet.rows]) for sheet in document.sheets]


def by_arrays(path: Path, size: int = 1 << 20) -> list[Table]:
    """The rows of each sheet, its XML given in pieces of this size."""
    with zipfile.ZipFile(path) as container:
        parts = xlsx_parts.parts_of(xlsx_parts.Package(container))
        xmls = [container.read(sheet.part) for sheet in parts.sheets]
    sheets = [sheet_of(xml, parts.shared_texts, parts.telling_formats, size) for xml in xmls]
    return [trimmed([list(row) for row in sheet.rows()]) for sheet in sheets]


def sheet_of(xml: bytes, texts: list[str], telling_formats: list[int], size: int = 1 << 20) -> PlainSheet:
    sheet = PlainSheet(texts, telling_formats)
    for first in range(0, len(xml), size):
        sheet.add(xml[first : first + size])
    sheet.finish()
    return sheet


def trimmed(rows: Table) -> Table:
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def table_by_chance(chance: random.Random) -> list[list[Any]]:
    table = [
        [chance.choice(CELLS) for _ in range(chance.randint(0, 26))] for _ in range(chance.randint(1, 12))
    ]
    return [["x"], *table, ["y"]]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), size=st.sampled_from([100, 777, 1 << 20]))
def test_it_reads_what_the_reader_of_all_sheets_reads(tmp_path: Path, seed: int, size: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(*(table_by_chance(chance) for _ in range(6))))

    assert by_arrays(path, size) == by_events(path)


ODD = (
    b"<",
    b">",
    b"/",
    b'"',
    b"'",
    b"=",
    b" ",
    b"\n",
    b"&",
    b"0",
    b"9",
    b"A",
    b"c",
    b"v",
    b' t="e"',
    b"<v>",
    b"</c>",
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_damaged_sheet_is_left_or_read_as_the_reader_of_all_sheets_reads_it(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    content = workbook(table_by_chance(chance)[:4])
    path = tmp_path / "a.xlsx"
    for _ in range(5):
        path.write_bytes(edited(content, SHEET, lambda xml: damaged(xml, chance)))

        try:
            read = by_arrays(path)
        except NotPlain:
            continue

        assert read == by_events(path)


def damaged(xml: str, chance: random.Random) -> str:
    """Replace some bytes between the first row and the last one."""
    content = bytearray(xml.encode())
    first, last = content.index(b"<row"), content.index(b"</sheetData>")
    for _ in range(chance.randint(1, 2)):
        place = chance.randint(first, last)
        content[place : place + chance.randint(0, 4)] = chance.choice(ODD)
    return content.decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace("<v>7</v>", "<f>3+4</f><v>7</v>"),
        lambda xml: xml.replace('<c r="B2">', '<c r="B2" t="e">').replace("<v>7</v>", "<v>#N/A</v>"),
        lambda xml: xml.replace('<c r="B2">', '<c r="B2" t="b">'),
        lambda xml: xml.replace('<c r="B2">', '<c r="B2" s="5">'),
        lambda xml: xml.replace('<c r="B2">', '<c r="AB2">'),
        lambda xml: xml.replace('<c r="B2">', '<c r="B3">'),
        lambda xml: xml.replace('<c r="B2">', '<c r="A2">'),
        lambda xml: xml.replace('<c r="B2">', "<c>"),
        lambda xml: xml.replace('<c r="B2">', "<c r='B2' t='b'>"),
        lambda xml: xml.replace('<c r="B2">', '<c r="B2"\tt="b">'),
        lambda xml: xml.replace('<c r="B2">', '<c r="B2" t ="b">'),
        lambda xml: xml.replace('<c r="B2">', '<c r="B2">7'),
        lambda xml: xml.replace('<row r="2"', '<row r="1"'),
        lambda xml: xml.replace('<row r="2"', '<row hidden="1" r="2"'),
        lambda xml: xml.replace('<row r="2"', '<row r="2" hidden="true"'),
        lambda xml: xml.replace('<row r="2"', '<row r="2" ht="0" customHeight="1"'),
        lambda xml: xml.replace("<sheetData>", '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'),
        lambda xml: xml.replace("<sheetData>", '<cols><col min="2" max="2" width="0"/></cols><sheetData>'),
        lambda xml: xml.replace("<sheetData>", '<sheetFormatPr zeroHeight="1"/><sheetData>'),
        lambda xml: xml.replace("</sheetData>", '</sheetData><mergeCell ref="A2:B2"/>'),
        lambda xml: xml.replace("</sheetData>", '</sheetData><mergeCell ref="A1:XFD1048576"/>'),
        lambda xml: xml.replace('<row r="3"', '<row r="900000"').replace('r="A3"', 'r="A900000"'),
        lambda xml: xml.replace("<v>7</v>", "<!-- 7 --><v>7</v>"),
        lambda xml: xml.replace("<v>7</v>", "<v>7</v><v>8</v>"),
        lambda xml: xml.replace("<v>7</v>", "<v>7&#48;</v>"),
        lambda xml: xml.replace("<v>7</v>", "<v></v>"),
        lambda xml: xml.replace("<v>7</v>", "<is><t>7</t></is>"),
        lambda xml: xml.replace("<v>0</v>", "<v>999</v>"),
        lambda xml: re.sub(r"</v></c></row></sheetData>", "</sheetData>", xml),
        lambda xml: xml.replace("spreadsheetml/2006/main", "other"),
        lambda xml: xml.replace("<sheetData>", "<sheetData/><sheetData>").replace("<row", "<x:row"),
    ],
)
def test_what_is_not_plain_is_left(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(workbook([["x"], ["y", 7], ["z"]]), SHEET, change))
    with zipfile.ZipFile(path) as container:
        xml = container.read(SHEET)

    with pytest.raises(NotPlain):
        sheet_of(xml, ["x", "y", "z"], [5])


def test_a_merge_that_covers_nothing_is_plain(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:Z1"/></mergeCells>'
    path.write_bytes(
        edited(workbook([["x"], ["y", 7]]), SHEET, lambda xml: xml.replace("</sheetData>", merged))
    )

    assert by_arrays(path, 100) == by_events(path) == [[["x", ""], ["y", "7"]]]


def test_what_follows_the_rows_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["x"], ["y", 7]]))
    with zipfile.ZipFile(path) as container:
        xml = container.read(SHEET)

    with pytest.raises(NotPlain):
        sheet_of(xml[: xml.index(b"</sheetData>") + 20], ["x", "y"], [])


def test_a_text_that_fills_the_memory_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["x" * 32_000] * 26] * 400))

    with pytest.raises(NotPlain):
        by_arrays(path)


@pytest.mark.parametrize(
    ("number_format", "is_read"),
    [
        ("0.00", True),
        ("#,##0", True),
        ("0.00_ ", True),
        ("yyyy-mm", False),
        ('0"件"', False),
        ("0%", False),
        ("0,", False),
        ("#,###", False),
        ("0;0", False),
    ],
)
def test_a_format_that_says_more_than_the_digits_is_left(
    tmp_path: Path, number_format: str, is_read: bool
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["x", 45_000], book.add_format({"num_format": number_format}))

    try:
        read = by_arrays(path)
    except NotPlain:
        read = []

    assert read == ([[["x", "45000"]]] if is_read else [])


def test_each_sheet_of_a_workbook_is_read_by_the_reader_that_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm"}) as book:
        for name, first in (("一", 1), ("二", date(2025, 3, 31)), ("三", 0.5)):
            book.add_worksheet(name).write_row(0, 0, ["x", first])

    with Workbooks() as workbooks, workbooks.opened(path) as document:
        read = [(sheet.name, sheet.blocks is not None, list(sheet.rows)) for sheet in document.sheets]

    assert [(name, is_plain, [list(row) for row in rows]) for name, is_plain, rows in read] == [
        ("一", True, [["x", "1"]]),
        ("二", False, [["x", "2025-03-31"]]),
        ("三", True, [["x", "0.5"]]),
    ]
