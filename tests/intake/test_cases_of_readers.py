"""Files in which a person sees other than a program does, each with its right answer."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.intake.conftest import Home, Receipt
from tests.prepared import Prepared
from warehouse import home as homes
from warehouse.settings import Settings

CASES = Path(__file__).with_name("cases")
PLAN = Path(__file__).parents[2] / "seeds"
Found = tuple[str, int | None, str]


@dataclass(frozen=True)
class Answer:
    """The figures of the ledger, and which rule says what of which row of which sheet."""

    figures: list[tuple[str, str, str]] = field(default_factory=list)
    refusals: list[Found] = field(default_factory=list)
    warnings: list[Found] = field(default_factory=list)


ANSWERS = {
    "b_merge.xlsx": Answer(refusals=[("填报", 2, "not_a_number")]),
    "a15_swallowed.csv": Answer([("EMP-030", "2025-04", "8")], [("", 2, "lines_in_cell")]),
    "a18_side_by_side_lower.xlsx": Answer(
        [
            ("EMP-004", "2025-03", "11"),
            ("EMP-005", "2025-03", "12"),
            ("EMP-004", "2025-02", "13"),
            ("EMP-005", "2025-02", "14"),
        ]
    ),
    "a21_fmt_wan.xlsx": Answer(refusals=[("填报", 2, "value_out_of_range")]),
    "a22_fmt_thousand_scale.xlsx": Answer(refusals=[("填报", 2, "not_as_shown")]),
    "a27_fmt_escaped_percent.xlsx": Answer([("EMP-013", "2025-03", "0.9")]),
    "a30_xlsxwriter_formula.xlsx": Answer(refusals=[("填报", 2, "formula_not_computed")]),
    "a44_hidden_value_column.xlsx": Answer(
        refusals=[("填报", 2, "not_as_shown")], warnings=[("填报", None, "hidden_columns")]
    ),
    "a45_remark_hidden.xlsx": Answer(
        refusals=[("填报", 2, "not_as_shown")], warnings=[("填报", None, "hidden_columns")]
    ),
    "c02_zero_height.xlsx": Answer([("EMP-004", "2025-05", "12")], warnings=[("填报", 2, "hidden_rows")]),
    "c09_dup_cell.xlsx": Answer(refusals=[("填报", 2, "broken_workbook")]),
    "c13_no_styles_part.xlsx": Answer([("EMP-004", "2025-05", "23")]),
    "c15_wide_months.xlsx": Answer(refusals=[("填报", 1, "months_without_year")]),
    "c17_wide_period_header.xlsx": Answer(
        [("EMP-004", "2025-01", "31"), ("EMP-004", "2025-02", "32"), ("EMP-004", "2025-03", "33")],
        warnings=[("填报", 1, "months_as_columns")],
    ),
    "c20_dup_sheet.xlsx": Answer([("EMP-005", "2025-05", "41")], [("填报 (2)", 2, "duplicate_row")]),
    "c22_lookup_sheet_refuses_all.xlsx": Answer(
        [("EMP-005", "2025-05", "43")], warnings=[("对照表", 1, "sheet_not_read")]
    ),
    "c50.ods": Answer(
        [("EMP-005", "2025-08", "81")], [("填报", 3, "value_missing")], [("填报", 3, "covered_cells")]
    ),
    "open_quote_row2.csv": Answer(refusals=[("", 2, "broken_quotes")]),
}


@pytest.fixture(scope="module")
def department(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home of the shipped plan; its files come from HRSS."""

    def make(folder: Path) -> None:
        homes.initialise(Settings(home=folder, plan=PLAN, stable_seconds=0))

    folder = tmp_path_factory.mktemp("cases") / "home"
    shutil.copytree(prepared.folder("shipped_plan", make), folder)
    return Home(Settings(home=folder, plan=PLAN, stable_seconds=0))


@pytest.fixture(scope="module")
def receipts(department: Home) -> dict[str, Receipt]:
    """The receipt of each file."""
    for name in ANSWERS:
        department.drop(name, (CASES / name).read_bytes(), "HRSS")
    return {one.file_name: department.receipt(one) for one in department.take_in().submissions}


def places(findings: list[dict[str, Any]]) -> list[Found]:
    return [(one["sheet"], one["row"], one["rule"]) for one in findings]


@pytest.mark.parametrize("name", ANSWERS)
def test_each_has_its_right_answer(department: Home, receipts: dict[str, Receipt], name: str) -> None:
    answer, receipt = ANSWERS[name], receipts[name]

    figures = department.kept(receipt, "indicator_code, period, value")
    assert [(code, period, f"{value:f}".rstrip("0").rstrip(".")) for code, period, value in figures] == (
        answer.figures
    )
    assert places(receipt["refusals"]) == answer.refusals
    assert set(answer.warnings) <= set(places(receipt["warnings"]))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a22_fmt_thousand_scale.xlsx", "「数值」显示为「2」，而存储的是「2345」"),
        ("a44_hidden_value_column.xlsx", "「数值」显示为「5」，而存储的是「999」"),
        ("a45_remark_hidden.xlsx", "「备注」显示为「」，而存储的是「撤回」"),
        ("a21_fmt_wan.xlsx", "数值 120000 超出"),
        ("a15_swallowed.csv", "2025-02,EMP-030,6"),
        ("c09_dup_cell.xlsx", "单元格 C2 出现两次"),
        ("c20_dup_sheet.xlsx", "已采用工作表「填报」第 2 行"),
    ],
)
def test_the_receipt_says_what_was_seen_where(receipts: dict[str, Receipt], name: str, words: str) -> None:
    assert words in receipts[name]["refusals"][0]["reason_zh"]
