"""Nothing sound is refused for how its parts are packed; and what is read is what two other readers read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.intake.conftest import HEADER, Files, Home, Maker, Receipt, rules_of
from tests.intake.test_xlsx import GOOD, SHEET, as_strict, edited, rows, workbook
from warehouse.intake.readers import Workbooks, xlsx
from warehouse.intake.readers.cell_text import text_of

sent = Files(".xlsx")
BOOK, TYPES, STYLES = "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.fixture(scope="module")
def answers(shared_home: Home) -> dict[Maker, Receipt]:
    return sent.sent_to(shared_home)


def month(number: int) -> list[Any]:
    """A row of a month of its own, so that the files differ."""
    return [f"2020-{number:02d}", *GOOD[1:]]


def repacked(content: bytes, named: Callable[[str], str | None]) -> bytes:
    """The same parts under other names; those named None are left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            if new := named(name):
                target.writestr(new, source.read(name))
    return stream.getvalue()


@sent
def without_styles() -> bytes:
    content = edited(
        workbook(rows(month(1))), RELATIONS, lambda text: re.sub(r"<Relationship [^>]*styles[^>]*>", "", text)
    )
    return repacked(content, lambda name: None if name == STYLES else name)


@sent
def without_the_styles_it_names() -> bytes:
    return repacked(workbook(rows(month(2))), lambda name: None if name == STYLES else name)


@sent
def empty_styles() -> bytes:
    return edited(
        workbook(rows(month(3))),
        STYLES,
        lambda _: '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    )


def as_inline(text: str) -> str:
    words = iter([*HEADER.split(","), *(str(cell) for cell in month(4) if isinstance(cell, str))])
    return re.sub(r't="s"><v>\d+</v>', lambda _: f't="inlineStr"><is><t>{next(words)}</t></is>', text)


@sent
def without_shared_texts() -> bytes:
    content = edited(workbook(rows(month(4))), SHEET, as_inline)
    return repacked(content, lambda name: None if "sharedStrings" in name else name)


@sent
def wrong_counts() -> bytes:
    return edited(
        workbook(rows(month(5))),
        "xl/sharedStrings.xml",
        lambda text: re.sub(r'count="\d+" uniqueCount="\d+"', 'count="1" uniqueCount="9999"', text),
    )


@sent
def odd_colours_and_styles() -> bytes:
    return edited(
        workbook(rows(month(6))),
        STYLES,
        lambda text: (
            text.replace("<fills", '<fills odd="1"', 1)
            .replace(
                '<patternFill patternType="gray125"/>',
                '<patternFill patternType="none"><fgColor rgb="F"/></patternFill>',
            )
            .replace('<cellStyle name="Normal"', "<cellStyle")
        ),
    )


@sent
def other_letters_and_slashes() -> bytes:
    return repacked(
        workbook(rows(month(7))),
        lambda name: name.replace("xl/worksheets/sheet1", "XL\\Worksheets\\Sheet1"),
    )


@sent
def other_names() -> bytes:
    moved = {"xl/": "book/", "workbook.xml": "main.workbook.xml"}

    def named(text: str) -> str:
        for old, new in moved.items():
            text = text.replace(old, new)
        return text

    content = workbook(rows(month(8)))
    for part in (TYPES, "_rels/.rels"):
        content = edited(content, part, named)
    return repacked(content, named)


@sent
def cells_without_places() -> bytes:
    return edited(workbook(rows(month(9))), SHEET, lambda text: re.sub(r' r="[A-Z]*\d+"', "", text))


@sent
def day_in_the_form_of_iso() -> bytes:
    return edited(
        workbook(rows([45_000, *GOOD[1:]])),
        SHEET,
        lambda text: text.replace(
            '<c r="A2"><v>45000</v>', '<c r="A2" t="d"><v>2020-12-01T00:00:00.000Z</v>'
        ),
    )


@sent
def prefixed_names() -> bytes:
    def prefixed(text: str) -> str:
        named = re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", text.split("?>", 1)[1])
        return named.replace("xmlns=", "xmlns:x=", 1)

    content = workbook(rows(month(10)))
    return edited(edited(content, SHEET, prefixed), "xl/sharedStrings.xml", prefixed)


def test_however_its_parts_are_packed_a_sound_workbook_is_read(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    found = {
        make.__name__: (receipt["refusals"], shared_home.kept(receipt, "value"))
        for make, receipt in answers.items()
    }

    assert found == {make.__name__: ([], [(12,)]) for make in answers}


def broken(part: str, change: Callable[[str], str]) -> bytes:
    return edited(workbook(rows(GOOD)), part, change)


def test_what_is_missing_or_broken_in_a_workbook_is_named(home: Home) -> None:
    cases = {
        "缺少 xl/worksheets/sheet1.xml": repacked(
            workbook(rows(GOOD)), lambda name: None if name == SHEET else name
        ),
        "xl/worksheets/sheet1.xml 不完整": broken(SHEET, lambda text: text[: len(text) // 2]),
        "xl/styles.xml 不完整": broken(STYLES, lambda text: text[: len(text) // 2]),
        "缺少单元格的文字": broken("xl/sharedStrings.xml", lambda text: re.sub("<si>.*?</si>", "", text)),
        "第 2 行有单元格 A9": broken(SHEET, lambda text: text.replace('r="A2"', 'r="A9"')),
    }
    receipts = home.send_each(cases, ".xlsx")

    assert {case: rules_of(receipt["refusals"]) for case, receipt in receipts.items()} == {
        case: ["broken_workbook"] for case in cases
    }
    for case, receipt in receipts.items():
        assert case in receipt["refusals"][0]["reason_zh"]


def test_a_part_whose_bytes_are_damaged_refuses_the_workbook(home: Home) -> None:
    content = bytearray(workbook(rows(*[[f"{year}-03", *GOOD[1:]] for year in range(2000, 2026)])))
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        start = container.getinfo(SHEET).header_offset + 200
    content[start : start + 40] = bytes(40)

    (refusal,) = home.send(bytes(content), "a.xlsx")["refusals"]

    assert refusal["rule"] == "broken_workbook"


def test_no_receipt_has_the_name_of_a_class_of_a_program(home: Home) -> None:
    receipts = home.send_each(
        {
            "damaged": b"PK\x03\x04" + bytes(200),
            "half": workbook(rows(GOOD))[:900],
            "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        },
        ".xlsx",
    )

    words = [one["reason_zh"] for receipt in receipts.values() for one in receipt["refusals"]]
    assert len(words) == 3
    assert not any(re.search(r"[A-Z][a-z]+(Error|Exception)", text) for text in words)


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf\r\n<table><tr><td>1</td></tr></table>", b"<meta charset='gbk'>"]
)
def test_a_page_of_the_web_under_the_name_of_a_workbook_is_told_what_to_do(
    home: Home, content: bytes
) -> None:
    (refusal,) = home.send(content, "report.xls")["refusals"]

    assert (refusal["rule"], refusal["text"]) == ("unsupported_format", "HTML")
    assert "另存为 .xlsx" in refusal["fix_zh"]


CELLS: list[Any] = [
    12,
    0,
    -3,
    0.1 + 0.2,
    1e-7,
    2.5e20,
    "2025-03",
    " x ",
    "<&>",
    "上\n下",
    "_x0041_",
    True,
    False,
    date(2025, 3, 31),
    datetime(2025, 3, 31, 8, 30),  # noqa: DTZ001 - a cell has no zone
    None,
]
Table = list[list[str]]


def book_of(tables: list[list[list[Any]]], epoch_1904: bool) -> bytes:
    stream = io.BytesIO()
    options = {"default_date_format": "yyyy-mm-dd hh:mm", "date_1904": epoch_1904}
    with xlsxwriter.Workbook(stream, options) as book:
        for number, table in enumerate(tables):
            sheet = book.add_worksheet()
            for place, row in enumerate(table):
                sheet.write_row(place + number, number, row)
    return stream.getvalue()


def by_ours(path: Path) -> list[Table]:
    with xlsx.opened(path) as document:
        return [cut([list(row) for row in sheet.rows]) for sheet in document.sheets]


def by_intake(path: Path) -> list[Table]:
    with Workbooks() as workbooks, workbooks.opened(path) as document:
        return [cut([list(row) for row in sheet.rows]) for sheet in document.sheets]


def by_openpyxl(path: Path) -> list[Table]:
    book = openpyxl.load_workbook(path, data_only=True)
    return [cut([[shown(cell) for cell in row] for row in sheet.values]) for sheet in book.worksheets]


def by_calamine(path: Path) -> list[Table]:
    book = CalamineWorkbook.from_path(path)
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    tables = [sheet.to_python(skip_empty_area=False) for sheet in sheets]
    return [cut([[shown(cell) for cell in row] for row in table]) for table in tables]


def shown(value: Any) -> str:
    """A value of another reader as intake's text; calamine makes floats of whole numbers."""
    if value is None:
        return ""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return (
        f"{value:.15g}" if isinstance(value, float | int) and not isinstance(value, bool) else text_of(value)
    )


def cut(table: Table) -> Table:
    """Without the empty cells and rows at the ends; numbers with 15 digits."""
    rows = [row[: max((place + 1 for place, cell in enumerate(row) if cell), default=0)] for row in table]
    while rows and not rows[-1]:
        rows.pop()
    return [
        [f"{float(cell):.15g}" if re.fullmatch(r"-?\d{16,}", cell) else cell for cell in row] for row in rows
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tables=st.lists(
        st.lists(st.lists(st.sampled_from(CELLS), max_size=8), min_size=1, max_size=6), min_size=1, max_size=3
    ),
    epoch_1904=st.booleans(),
)
def test_three_readers_read_the_same(tmp_path: Path, tables: list[list[list[Any]]], epoch_1904: bool) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book_of(tables, epoch_1904))

    assert by_ours(path) == by_openpyxl(path) == by_calamine(path)


def test_a_strict_workbook_is_read_alike_by_all(tmp_path: Path) -> None:
    content = book_of([[["x", 1], [date(2025, 3, 31)]]], False)
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = [name for name in source.namelist() if name.endswith((".xml", ".rels"))]
    for part in parts:
        content = edited(content, part, as_strict)
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    assert by_intake(path) == by_calamine(path) == [[["x", "1"], ["2025-03-31"]]]
