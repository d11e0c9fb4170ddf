"""The sheets of a workbook: which are read, and what is said of the others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.conftest import HEADER, Files, Home, Maker, Receipt
from tests.intake.test_xlsx import GOOD, workbook

sent = Files(".xlsx")


@pytest.fixture(scope="module")
def answers(shared_home: Home) -> dict[Maker, Receipt]:
    return sent.sent_to(shared_home)


@sent
def many_sheets() -> bytes:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_row(1, 0, GOOD)
        second = book.add_worksheet("第二页")
        second.write_row(2, 0, ["指标编码", "报告期", "数值"])
        second.write_row(3, 0, ["AIR", "2025-03", 95])
        book.add_worksheet("填表说明").write(0, 0, "请按月填报")
        book.add_worksheet("半张").write_row(0, 0, ["报告期", "数值"])
        hidden = book.add_worksheet("隐藏")
        hidden.write_row(0, 0, HEADER.split(","))
        hidden.write_row(1, 0, ["2025-02", *GOOD[1:]])
        hidden.hide()

    return workbook(build)


def test_every_sheet_with_a_header_is_read_and_the_others_are_told(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    receipt = answers[many_sheets]

    assert receipt["refusals"] == []
    assert [(one["sheet"], one["rule"]) for one in receipt["warnings"]] == [
        ("半张", "sheet_not_read"),
        ("隐藏", "hidden_sheet"),
    ]
    assert shared_home.kept(receipt, "indicator_code, period") == [("JOBS", "2025-03"), ("AIR", "2025-03")]
    assert receipt["rows"]["read"] == 2 + 4 + 1 + 1 + 2


@sent
def ambiguous_second_sheet() -> bytes:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_row(1, 0, GOOD)
        second = book.add_worksheet("二")
        second.write_row(0, 0, ["报告期", "period", "指标编码", "数值"])
        second.write_row(2, 0, ["2025-02", "2025-02", "JOBS", 3])
        third = book.add_worksheet("三")
        third.write_row(0, 0, HEADER.split(","))
        third.write_row(2, 0, ["2025-04", *GOOD[1:]])

    return workbook(build)


def test_a_refused_header_holds_back_its_own_sheet_alone(answers: dict[Maker, Receipt]) -> None:
    receipt = answers[ambiguous_second_sheet]

    assert receipt["status"] == "accepted_in_part"
    assert [(one["sheet"], one["rule"]) for one in receipt["refusals"]] == [("二", "ambiguous_columns")]
    counts = receipt["rows"]
    assert (counts["read"], counts["refused"], counts["blank"], counts["non_data"]) == (8, 1, 2, 3)
    assert counts["accepted"] + counts["warned"] == 2


@sent
def ambiguous_hidden_sheet() -> bytes:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_row(1, 0, GOOD)
        hidden = book.add_worksheet("旧稿")
        hidden.write_row(0, 0, ["报告期", "period", "指标编码", "数值"])
        hidden.write_row(1, 0, ["2025-02", "2025-02", "JOBS", 3])
        hidden.hide()

    return workbook(build)


def test_a_hidden_sheet_with_an_ambiguous_header_refuses_nothing(answers: dict[Maker, Receipt]) -> None:
    receipt = answers[ambiguous_hidden_sheet]

    assert (receipt["status"], receipt["refusals"]) == ("accepted", [])
    assert [(one["sheet"], one["rule"]) for one in receipt["warnings"]] == [("旧稿", "hidden_sheet")]
    counts = receipt["rows"]
    assert (counts["read"], counts["non_data"]) == (4, 3)
