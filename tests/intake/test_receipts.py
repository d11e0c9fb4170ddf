from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import openpyxl
import pytest

from tests.intake.conftest import HEADER, Files, Home, Maker, Receipt, table
from tests.intake.test_xlsx import GOOD, edited, rows, workbook

ROW = "2025-03,JOBS,新增就业,210504002,12,,,,"
sent = Files()


@pytest.fixture(scope="module")
def answers(shared_home: Home) -> dict[Maker, Receipt]:
    return sent.sent_to(shared_home)


def for_people(home: Home, receipt: Receipt) -> Any:
    return openpyxl.load_workbook(home.for_people(receipt))


def texts(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_receipt_is_named_by_the_file_and_its_hash(home: Home) -> None:
    receipt = home.send(f"{HEADER}\n{ROW}\n", "三月.csv")

    outbox = home.settings.outbox / "LABOUR"
    assert {path.name for path in outbox.iterdir()} == {
        f"三月.csv.{receipt['sha256'][:12]}.receipt.json",
        f"三月.csv.{receipt['sha256'][:12]}.receipt.xlsx",
    }


@sent
def good_and_unknown() -> str:
    return table(ROW, "2025-03,WRONG,,,1,,,,")


def test_the_receipt_has_what_the_contract_says(answers: dict[Maker, Receipt]) -> None:
    receipt = answers[good_and_unknown]

    assert {
        "submission_id",
        "file_name",
        "sha256",
        "organization_code",
        "received_at",
        "status",
    } <= receipt.keys()
    assert receipt["refusals"] == [
        {
            "sheet": "",
            "row": 3,
            "column": "指标编码",
            "text": "WRONG",
            "rule": "unknown_indicator",
            "reason_zh": "指标编码「WRONG」不在指标目录中",
            "reason_en": "No indicator has the code WRONG",
            "fix_zh": "请核对指标编码，可从下发的模板中复制",
        }
    ]


@sent
def one_of_four_due() -> str:
    return table("2025-04,JOBS,新增就业,210504002,12,,,,")


def test_what_is_still_due_is_told_with_its_deadline(answers: dict[Maker, Receipt]) -> None:
    missing = answers[one_of_four_due]["missing"]

    assert [(one["indicator_code"], one["area_code"], one["deadline"]) for one in missing] == [
        ("AIR", "210504", "2025-05-05"),
        ("JOBS", "210504004", "2025-05-05"),
        ("RATE", "210504", "2025-05-05"),
        ("SCHOOL", "210504", "2025-05-05"),
    ]


def test_quarterly_and_annual_figures_are_due_only_at_their_end(home: Home) -> None:
    receipts = home.send_each(
        {month: table(f"{month},BEDS,,,1,,,,") for month in ("2025-03", "2025-04")}, organization="HEALTH"
    )

    assert {
        month: [one["indicator_code"] for one in receipt["missing"]] for month, receipt in receipts.items()
    } == {"2025-03": ["NURSES"], "2025-04": []}


def test_what_was_withdrawn_is_due_again(home: Home) -> None:
    home.send_rows("2025-04,BEDS,,,1,,,,", organization="HEALTH")
    receipt = home.send_rows("2025-04,BEDS,,,,,,,撤回", organization="HEALTH")

    assert [one["indicator_code"] for one in receipt["missing"]] == ["BEDS"]


@sent
def two_kinds_of_faults() -> str:
    bad = [f"2025-03,WRONG{number},,,1,,,," for number in range(3)]
    return table(ROW, "2025-13,JOBS,,210504004,1,,,,", *bad)


def test_the_first_page_ranks_what_to_fix(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    page = texts(for_people(shared_home, answers[two_kinds_of_faults])["回执"])

    start = next(place for place, row in enumerate(page) if row[0] == "需要处理的问题")
    assert [(row[2], row[3]) for row in page[start + 1 :]] == [("第 4 行", 3), ("第 3 行", 1)]


@sent
def one_fault_in_three_ways() -> str:
    return table(*(f"2025-03,JOBS,,210504002,{text},,,," for text in ("约12人", "暂无", "若干")))


def test_what_is_wrong_in_the_same_way_is_one_problem_with_its_examples(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    *_, problem = texts(for_people(shared_home, answers[one_fault_in_three_ways])["回执"])

    assert "约12人" in problem[0]
    assert problem[0].endswith("；同类还有「暂无」、「若干」")
    assert problem[3] == 3


def test_what_is_still_due_is_listed_with_the_names_of_the_areas(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    headings, *rows_ = texts(for_people(shared_home, answers[one_of_four_due])["尚欠"])

    assert headings[3:5] == ["地区编码", "地区名称"]
    assert ["210504", "明山区"] in [row[3:5] for row in rows_]


def test_the_day_of_arrival_is_written_as_people_write_it(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    facts = dict(row[:2] for row in texts(for_people(shared_home, answers[good_and_unknown])["回执"]))

    assert re.fullmatch(r"20\d\d年\d{1,2}月\d{1,2}日 \d\d:\d\d", facts["收到时间"])


@pytest.mark.parametrize("kind", ["its own pages", "marked"])
def test_it_prints_lying_on_a4_with_the_head_of_each_list_on_each_page(home: Home, kind: str) -> None:
    bad = ["2025-03", "JOBS", "", "210504004", "many"]
    receipt = (
        home.send(workbook(rows(GOOD, bad)), "a.xlsx")
        if kind == "marked"
        else home.send(table(ROW, ",".join([*bad, "", "", "", ""])), "a.csv")
    )

    book = for_people(home, receipt)
    for title in ("回执", "明细", "尚欠"):
        sheet = book[title]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
    assert [book[title].print_title_rows for title in ("明细", "尚欠")] == ["$1:$1", "$1:$1"]


def test_the_rows_of_a_text_file_come_back_with_what_is_wrong(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    page = texts(for_people(shared_home, answers[good_and_unknown])["原文"])

    assert page[1][:6] == [2, "2025-03", "JOBS", "新增就业", "210504002", "12"]
    assert "指标编码「WRONG」不在指标目录中" in page[2][-1]


def test_a_workbook_comes_back_as_itself_with_its_cells_marked(home: Home) -> None:
    receipt = home.send(workbook(rows(GOOD, ["2025-03", "JOBS", "", 210504004, "many"])), "a.xlsx")

    book = for_people(home, receipt)

    assert book.sheetnames[0] == "回执"
    assert book["填报"]["A2"].value == "2025-03"
    marked = book["填报"]["E3"]
    assert marked.value == "many"
    assert "不是数字" in marked.comment.text
    assert marked.fill.fgColor.rgb == "FFF4B6B6"
    assert book["填报"]["E2"].comment is None


def test_nothing_that_was_sent_becomes_a_formula(home: Home) -> None:
    home.drop("report.csv", table('2025-03,"=HYPERLINK(""http://x"")",,,+1,,,,"@cmd"'))
    home.drop("=a.xlsx", workbook(rows(["2025-03", "-WRONG", "", "", "@x"]), strings_to_formulas=False))

    receipts = [home.receipt(one) for one in home.take_in().submissions]

    assert [receipt["file_name"] for receipt in receipts] == ["report.csv", "=a.xlsx"]
    for receipt in receipts:
        book = for_people(home, receipt)
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds


@sent
def control_characters() -> str:
    return table("2025-03,JOBS\x07\x1b,,,1,,,,")


def test_texts_that_no_workbook_can_hold_are_answered(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    receipt = answers[control_characters]

    assert receipt["refusals"][0]["text"] == "JOBS\x07\x1b"
    assert "\ufffd" in str(texts(for_people(shared_home, receipt)["明细"]))


def test_the_receipt_is_written_again_after_a_duplicate(home: Home) -> None:
    home.send_rows(ROW)
    for path in (home.settings.outbox / "LABOUR").iterdir():
        path.unlink()

    home.send_rows(ROW)

    (path,) = (home.settings.outbox / "LABOUR").glob("*.json")
    assert json.loads(path.read_text(encoding="utf-8"))["status"] == "duplicate"


def test_a_file_that_cannot_be_marked_is_answered_all_the_same(home: Home, monkeypatch: Any) -> None:
    from warehouse.intake import receipts

    def fail(*_arguments: Any) -> bytes:
        raise ValueError

    monkeypatch.setattr(receipts, "marked_workbook", fail)
    receipt = home.send(workbook(rows(["2025-03", "WRONG", "", "", 1])), "a.xlsx")

    assert for_people(home, receipt).sheetnames[:2] == ["回执", "明细"]


def test_a_workbook_that_broke_while_it_was_read_is_not_opened_again(home: Home, monkeypatch: Any) -> None:
    from warehouse.intake import receipts

    opened: list[Any] = []
    monkeypatch.setattr(receipts, "marked_workbook", lambda *given: opened.append(given))
    too_wide = [["2025-03", "JOBS", "", "210504002", 1], ["x"] * 600]

    receipt = home.send(workbook(rows(*too_wide)), "a.xlsx")

    assert [one["rule"] for one in receipt["refusals"]] == ["too_many_columns"]
    assert opened == []


def test_the_workbook_is_whole_in_the_eyes_of_another_reader(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(shared_home.for_people(answers[good_and_unknown]))

    assert book.sheet_names == ["回执", "明细", "尚欠", "原文"]


def test_a_workbook_that_cannot_be_written_again_comes_back_as_pages(home: Home) -> None:
    content = edited(
        workbook(rows(["2025-03", "JOBS", "", "210504002", "many"])),
        "xl/styles.xml",
        lambda text: text.replace("<fills", '<fills odd="1"', 1).replace("<cellXfs", '<cellXfs odd="1"', 1),
    )

    receipt = home.send(content, "a.xlsx")

    book = for_people(home, receipt)
    assert [one["rule"] for one in receipt["refusals"]] == ["not_a_number"]
    assert "不是数字" in str(texts(book["原文填报"])[1][-1])


def published(home: Home, revision: int, previous: dict[str, str] | None) -> dict[str, str]:
    """Write an edition of which only the manifest is there; return the link to it."""
    folder = home.settings.editions / "2025-03" / f"r{revision}"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"previous": previous}), encoding="utf-8")
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    return {"edition": f"2025-03/r{revision}", "manifest_sha256": digest}


def test_before_the_first_publication_a_receipt_names_none(home: Home) -> None:
    assert home.send(f"{HEADER}\n{ROW}\n")["chain_head"] is None


def test_a_receipt_names_the_last_publication_for_programs_and_for_people(home: Home) -> None:
    last = published(home, 2, published(home, 1, None))

    receipt = home.send(f"{HEADER}\n{ROW}\n")

    (told,) = [row for row in texts(for_people(home, receipt)["回执"]) if row[0] == "此前最近一次发布"]
    assert receipt["chain_head"] == last
    assert told[1].startswith("2025-03/r2，清单哈希 ")
    assert told[1].partition("哈希")[2].replace(" ", "") == last["manifest_sha256"]


def test_a_damaged_edition_holds_back_no_receipt(home: Home) -> None:
    published(home, 1, None)
    (home.settings.editions / "2025-03" / "r1" / "manifest.json").write_bytes(b"{")

    receipt = home.send(f"{HEADER}\n{ROW}\n")

    assert (receipt["status"], receipt["chain_head"]) == ("accepted", None)
