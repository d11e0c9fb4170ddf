"""Workbooks that no program should write: each is refused as a whole."""

from __future__ import annotations

import io
import re
import zipfile

from tests.intake.conftest import Home, rules_of
from tests.intake.test_xlsx import GOOD, SHEET, edited, rows, workbook


def numbered(second: str) -> bytes:
    """Two rows, the second of them with this number instead of 3."""
    return edited(
        workbook(rows(GOOD, ["2025-02", *GOOD[1:]])),
        SHEET,
        lambda text: re.sub(r'r="([A-Z])3"', rf'r="\g<1>{second}"', text).replace(
            '<row r="3"', f'<row r="{second}"'
        ),
    )


def test_a_row_number_that_comes_twice_or_backwards_refuses_the_file(home: Home) -> None:
    receipts = home.send_each({second: numbered(second) for second in ("2", "1")}, ".xlsx")

    assert {second: rules_of(receipt["refusals"]) for second, receipt in receipts.items()} == {
        "2": ["broken_workbook"],
        "1": ["broken_workbook"],
    }
    assert home.observations() == []


def with_part(name: str) -> bytes:
    grown = io.BytesIO(workbook(rows(GOOD)))
    with zipfile.ZipFile(grown, "a") as target:
        target.writestr(name, b"x")
    return grown.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    return stream.getvalue()


def test_what_a_workbook_must_not_be_is_refused(home: Home) -> None:
    good = workbook(rows(GOOD))
    entities = edited(
        good, SHEET, lambda text: text.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
    )
    cases = {
        "a bomb": (bomb(), "workbook_too_large"),
        "entities": (entities, "hostile_workbook"),
        "macros": (with_part("xl/vbaProject.bin"), "macro_workbook"),
        "binary": (with_part("xl/workbook.bin"), "unsupported_format"),
        "cut short": (good[: len(good) // 2], "broken_workbook"),
        "a start alone": (b"PK\x03\x04", "broken_workbook"),
    }
    receipts = home.send_each({case: content for case, (content, _) in cases.items()}, ".xlsx")

    assert {case: rules_of(receipt["refusals"]) for case, receipt in receipts.items()} == {
        case: [rule] for case, (_, rule) in cases.items()
    }
