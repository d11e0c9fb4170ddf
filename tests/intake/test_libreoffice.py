"""One workbook as LibreOffice writes it in each of its kinds: whatever the kind, intake reads the same."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xlsxwriter

from tests.intake.conftest import Home
from tests.intake.test_xlsx import workbook
from tests.services import libreoffice
from warehouse.intake.readers import ods
from warehouse.intake.readers.number_format import exact, number_format

KINDS = ["xlsx", "ods", "xls"]
WRITTEN = Path(__file__).with_name("libreoffice")
"""The workbook below as LibreOffice 7.4 wrote it; the long test has a newer LibreOffice write it again."""


def build(sheet: Any, book: Any) -> None:
    day = book.add_format({"num_format": 'yyyy"年"m"月"'})
    percent = book.add_format({"num_format": "0.0%"})
    money = book.add_format({"num_format": "#,##0.00"})
    sheet.write_datetime(1, 0, date(2025, 3, 31), day)
    sheet.write_row(1, 1, ["JOBS", "新增就业", 210504002])
    sheet.write_formula(1, 4, "=5+7", value=12)
    sheet.write_row(2, 0, ["2025-03", "AIR"])
    sheet.write_number(2, 4, 0.953, percent)
    sheet.write_row(3, 0, ["2025-03", "RATE", "", "", "", 1200.5])
    sheet.write_number(3, 6, 2401, money)
    sheet.write_row(4, 0, ["2025-02", "JOBS", "", "210504002"])
    sheet.write_formula(4, 4, "=1/0", value="#DIV/0!")
    sheet.merge_range(5, 0, 6, 0, "2025-01")
    sheet.write_row(5, 1, ["JOBS", "", "210504002", 0])
    sheet.write_row(6, 1, ["JOBS", "", "210504004", 3])
    sheet.write_row(8, 0, ["2024-12", "JOBS", "", "210504002", 8, "", "", "", "上\n下 <&>"])
    sheet.set_row(8, None, None, {"hidden": True})
    sheet.write_row(9, 0, ["合计", "", "", "", 99])
    hidden = book.add_worksheet("旧")
    hidden.write_row(0, 0, ["报告期", "指标编码", "数值"])
    hidden.hide()


def assert_read(home: Home, content: bytes, kind: str) -> None:
    receipt = home.send(content, f"a.{kind}")

    assert home.format_of(receipt) == kind
    assert home.observations() == [
        ("JOBS", "210504002", "2025-03", "figure", 12, None, None),
        ("AIR", "210504", "2025-03", "figure", home.query("select 95.3")[0][0], None, None),
        ("RATE", "210504", "2025-03", "figure", None, home.query("select 1200.5")[0][0], 2401),
        ("JOBS", "210504002", "2025-01", "figure", 0, None, None),
        ("JOBS", "210504002", "2024-12", "figure", 8, None, None),
    ]
    assert [(one["row"], one["rule"]) for one in receipt["refusals"]] == [
        (5, "error_cell"),
        (7, "period_missing"),
    ]
    assert {(one["sheet"], one["rule"], one["row"]) for one in receipt["warnings"]} == {
        ("填报", "hidden_rows", 9),
        ("旧", "hidden_sheet", None),
    }
    counts = {"read": 11, "accepted": 5, "warned": 0, "refused": 2, "blank": 1, "non_data": 3}
    assert receipt["rows"] == counts
    assert home.query("select remark from ledger.observations where row_number = 9") == [("上\n下 <&>",)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_once_wrote_is_read_alike(home: Home, kind: str) -> None:
    assert_read(home, (WRITTEN / f"report.{kind}").read_bytes(), kind)


CODES = [
    *(
        "0",
        "0.00",
        "#,##0",
        "#,##0.00",
        "0%",
        "0.0%",
        "%0",
        "00.00%",
        "000",
        "#,###",
        "#",
        ".00",
        "#.0#",
        "???.???",
    ),
    *('0"万"', '0.0"万"', '0"年"', '"x"0"y"', 'General"万"', '"a"General', '0.0"%"', "0.0\\%", '0 "k"'),
    *("0,", "0.0,", "0.00,", "#,##0,", '0\\.0,"万"', '0.0,,"百万"', '0000"-"00', "[$¥-804]#,##0.00"),
    *("0_);(0)", "#,##0_);[Red]\\(#,##0\\)", "0;[Red]0", '0;-0;"-"', "-0;0", "0;;", ";;;", "0.00E+00"),
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
]
NUMBERS = [0, 1, 12, -5, 0.5, 0.04, 0.951, 2345, -2345, 20000, 1234567.891, -0.3, 1e-5, 123456789]


@pytest.mark.long
def test_a_cell_shows_what_it_shows_there(tmp_path: Path) -> None:
    source, target = tmp_path / "source.xlsx", tmp_path / "shown.ods"
    with xlsxwriter.Workbook(source) as book:
        sheet = book.add_worksheet("填报")
        for place, code in enumerate(CODES):
            sheet.write_row(place, 0, NUMBERS, book.add_format({"num_format": code}))
    libreoffice.filled(source, target, "填报", {})

    with zipfile.ZipFile(target) as container:
        content = ElementTree.fromstring(container.read("content.xml"))
    cells = [
        ods._shown(cell)
        for cell in content.iter(f"{ods._TABLE}table-cell")
        if cell.get(f"{ods._OFFICE}value")
    ]
    shown = [number_format(code).shown(exact(number)) or "" for code in CODES for number in NUMBERS]
    assert [text.replace(" ", "") for text in shown] == [text.replace(" ", "") for text in cells]


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_what_it_writes_is_read_alike(home: Home, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "source.xlsx"
    source.write_bytes(workbook(build))

    assert_read(home, libreoffice.filled(source, tmp_path / f"report.{kind}", "填报", {}), kind)
