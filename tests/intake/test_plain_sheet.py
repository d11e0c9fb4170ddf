"""The fast reader of large sheets: what it reads is what openpyxl reads, and what is not plain it leaves."""

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
from warehouse.intake.readers import plain_sheet, xlsx
from warehouse.intake.readers.document import Table

CELLS = [
    12,
    0,
    -3,
    0.1,
    0.1 + 0.2,
    1e-7,
    12345678901234567,
    2.5e20,
    "2025-03",
    "JOBS",
    " x ",
    "<&>",
    "上\n下",
    None,
]


def workbook(table: list[list[Any]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(table):
            sheet.write_row(place, 0, row)
    return stream.getvalue()


def by_openpyxl(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    with monkeypatch.context() as patch, xlsx.opened(path) as document:
        patch.setattr(plain_sheet, "is_worth_trying", lambda _size: False)
        return [list(row) for row in next(document.sheets).rows]


def by_arrays(path: Path) -> list[list[str]]:
    with zipfile.ZipFile(path) as container, xlsx.opened(path) as document:
        next(document.sheets)
        shared = re.findall(r"<t[^>]*>([^<]*)</t>", container.read("xl/sharedStrings.xml").decode())
        texts = [text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for text in shared]
        return rows_of(plain_sheet.table(container.read(SHEET), texts, set()))


def rows_of(table: Table) -> list[list[str]]:
    columns = [
        [column.texts[place] for place in memoryview(column.places).cast("i")] for column in table.columns
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_it_reads_what_openpyxl_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    table = [
        [chance.choice(CELLS) for _ in range(chance.randint(0, 26))] for _ in range(chance.randint(1, 12))
    ]
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["x"], *table, ["y"]]))

    assert trimmed(by_arrays(path)) == trimmed(by_openpyxl(path, monkeypatch))


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
        lambda xml: xml.replace('<row r="2"', '<row r="1"'),
        lambda xml: xml.replace('<row r="2"', '<row hidden="1" r="2"'),
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

    with pytest.raises(plain_sheet.NotPlain):
        plain_sheet.table(xml, ["x", "y", "z"], {5})


def test_a_large_workbook_is_read_by_it_and_one_with_dates_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    table: list[list[Any]] = [[f"2025-{place}", place] for place in range(20_000)]
    read: list[bool] = []
    plain = plain_sheet.table

    def watched(*given: Any) -> Any:
        read.append(False)
        answer = plain(*given)
        read[-1] = True
        return answer

    monkeypatch.setattr(plain_sheet, "table", watched)
    for first in (1, date(2025, 3, 31)):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm"}) as book:
            sheet = book.add_worksheet()
            for place, row in enumerate([["x", first], *table]):
                sheet.write_row(place, 0, row)
        path.write_bytes(stream.getvalue())
        with xlsx.opened(path) as document:
            sheet = next(document.sheets)
            rows = rows_of(sheet.table) if sheet.table else [list(row) for row in sheet.rows]
        assert rows[20_000] == ["2025-19999", "19999"]

    assert read == [True, False]
    assert rows[0] == ["x", "2025-03-31"]
