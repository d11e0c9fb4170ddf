from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.conftest import HEADER, Files, Home, Maker, Receipt, csv_text, rules_of, table
from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import Workbooks, opened

ROW = "2025-03,JOBS,新增就业,210504002,12,,,,"
# NUL is refused, and a carriage return inside quotes is read as the writer left it.
CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be"]
DELIMITERS = [",", ";", "\t"]
sent = Files()


@pytest.fixture(scope="module")
def answers(shared_home: Home) -> dict[Maker, Receipt]:
    return sent.sent_to(shared_home)


def rows_of(path: Path) -> list[list[str]]:
    with opened(path, Workbooks()) as document:
        return [list(row) for sheet in document.sheets for row in sheet.rows]


def refusal(path: Path, content: bytes) -> FileRefused:
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        rows_of(path)
    return refused.value


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8),
    encoding=st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_was_written_is_read(
    tmp_path: Path, table: list[list[str]], encoding: str, line_end: str
) -> None:
    path = tmp_path / "any.csv"
    header = ["报告期", "指标编码", "数值"]
    text = csv_text([header, *table], quoting=csv.QUOTE_ALL, lineterminator=line_end)
    path.write_bytes(text.encode(encoding))

    assert rows_of(path) == [header, *table]


def test_every_encoding_and_separator_of_the_contract(home: Home) -> None:
    cases = [(encoding, delimiter) for encoding in ENCODINGS for delimiter in DELIMITERS]
    # Some encodings make the same bytes of the same text: a year of its own makes each file another.
    texts = {case: f"{HEADER}\n{2001 + number}{ROW[4:]}\n" for number, case in enumerate(cases)}
    receipts = home.send_each(
        {
            (encoding, delimiter): text.replace(",", delimiter).encode(encoding)
            for (encoding, delimiter), text in texts.items()
        }
    )

    assert {case: receipt["status"] for case, receipt in receipts.items()} == dict.fromkeys(cases, "accepted")
    assert len(home.observations()) == len(cases)


@sent
def commas_between_semicolons() -> str:
    return "报告期;指标编码;地区编码;数值;备注\n2025-03;JOBS;210504002;1,234;甲,乙\n"


def test_a_semicolon_file_keeps_its_commas_inside_cells(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    receipt = answers[commas_between_semicolons]

    assert shared_home.kept(receipt, "value, remark") == [(1234, "甲,乙")]


@sent
def line_end_within_a_cell() -> str:
    return f'{HEADER}\n2025-03,JOBS,,210504002,12,,,,"上\n下"\n2025-03,JOBS,,210504004,bad,,,,\n'


def test_rows_count_as_a_spreadsheet_counts_them(answers: dict[Maker, Receipt]) -> None:
    assert [one["row"] for one in answers[line_end_within_a_cell]["refusals"]] == [3]


def test_a_byte_that_is_not_utf8_in_a_utf8_file_is_told_with_its_place(tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.csv", f"{HEADER}\n".encode() + b"2025-03,\xff\xfe\n")

    assert refused.rule == "undecodable"
    assert refused.where["row_number"] == 2
    assert refused.where["text"] == "FF FE 0A"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"a,b\n1\0,2\n", "nul_bytes"),
        ('报告期,指标编码,数值\n"a,b\n'.encode(), "broken_quotes"),
        ('报告期,指标编码,数值\n"a"b,c\n'.encode(), "broken_quotes"),
        (b"x" * (3 << 20), "line_too_long"),
        (b'a,"' + b"x\n" * 200_000 + b'"\n', "cell_too_long"),
        (b"%PDF-1.7", "unsupported_format"),
        (b"<html><table>", "unsupported_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted_workbook"),
    ],
)
def test_what_cannot_be_text_is_refused(tmp_path: Path, content: bytes, rule: str) -> None:
    assert refusal(tmp_path / "a.csv", content).rule == rule


NO_SUBMISSIONS = {
    "no indicator": ("报告期,数值\n2025-03,1\n", "missing_columns"),
    "no figure": ("报告期,指标编码\n2025-03,JOBS\n", "missing_columns"),
    "two columns of figures": ("报告期,指标编码,数值,本月数\n2025-03,JOBS,1,2\n", "ambiguous_columns"),
    "no header": ("没有表头\n", "missing_columns"),
    "nothing": ("", "missing_columns"),
    "a header alone": (f"{HEADER}\n", "no_rows"),
    "a total alone": (f"{HEADER}\n合计,,,,1,,,,\n", "no_rows"),
    "too many cells": (f"{HEADER}\n{','.join('1' * 600)}\n", "too_many_columns"),
}


def test_a_file_that_is_no_submission_is_refused_as_a_whole(home: Home) -> None:
    receipts = home.send_each({case: content for case, (content, _) in NO_SUBMISSIONS.items()})

    assert {
        case: (receipt["status"], rules_of(receipt["refusals"])) for case, receipt in receipts.items()
    } == {case: ("refused", [rule]) for case, (_, rule) in NO_SUBMISSIONS.items()}
    counts = {case: receipt["rows"] for case, receipt in receipts.items()}
    assert {case: rows["read"] for case, rows in counts.items()} == {
        case: sum(rows.values()) - rows["read"] for case, rows in counts.items()
    }
    assert home.observations() == []


# Rows read, refused, blank and non_data.
REFUSED_AS_A_WHOLE = {
    "ambiguous": (f"月报\nperiod,{HEADER}\n2025-01{',' * 9}\n\n2025-02{',' * 9}\n合计\n", (6, 3, 1, 2)),
    "no figures": ("报告期,指标编码\n2025-03,JOBS\n\n2025-02,JOBS\n", (4, 2, 1, 1)),
    "no header": ("2025-03,JOBS,12\n\n2025-02,JOBS,12\n", (3, 2, 1, 0)),
    "broken early": (f'{HEADER}\n{ROW}\n{ROW}\n2025-03,JOBS,"x', (3, 3, 0, 0)),
    "too wide": (f"{HEADER}\n{ROW}\n{','.join('1' * 600)}\n", (3, 3, 0, 0)),
    "broken late": (f"{HEADER}\n" + f"{ROW}\n" * 40 + '2025-03,JOBS,"x', (41, 40, 0, 1)),
}


def test_the_rows_of_a_file_that_is_refused_as_a_whole_are_counted(home: Home) -> None:
    receipts = home.send_each({case: content for case, (content, _) in REFUSED_AS_A_WHOLE.items()})

    none_taken = {"accepted": 0, "warned": 0}
    assert {case: receipt["rows"] for case, receipt in receipts.items()} == {
        case: none_taken | dict(zip(("read", "refused", "blank", "non_data"), counts, strict=True))
        for case, (_, counts) in REFUSED_AS_A_WHOLE.items()
    }


@sent
def separator_too_many() -> str:
    return f"{HEADER}\n2025-03,JOBS,,210504002,12,,,,22,\n{ROW}\n"


def test_an_extra_separator_never_shifts_a_cell(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    receipt = answers[separator_too_many]

    assert rules_of(receipt["refusals"]) == ["ragged_row"]
    assert shared_home.kept(receipt, "row_number") == [(3,)]


@sent
def separators_behind_every_line() -> str:
    return f"月报,,,,,,,,,,\n{HEADER},,\n{ROW},,\n"


def test_separators_that_pad_every_line_are_no_fault(answers: dict[Maker, Receipt]) -> None:
    assert answers[separators_behind_every_line]["status"] == "accepted"


@sent
def sample_said_above() -> str:
    return f"样例数据（仅供演示）\n{HEADER}\n{ROW}\n"


@sent
def no_sample() -> str:
    return f"{HEADER}\n{ROW}\n"


@sent
def sample_said_in_a_remark() -> str:
    return f"{HEADER}\n2025-03,JOBS,新增就业,210504002,12,,,,样例数据\n"


def test_sample_data_says_so(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    samples = dict(shared_home.query("select submission_id, is_sample from ledger.submissions"))

    found = [
        samples[answers[file]["submission_id"]]
        for file in (sample_said_above, no_sample, sample_said_in_a_remark)
    ]
    assert found == [True, False, True]


def opened_in(row: int, cell: str) -> str:
    """Sixteen rows; in one of them a cell opens a quote."""
    rows = [ROW] * 16
    rows[row - 2] = f'2025-03,JOBS,,210504002,12,,,,"{cell}'
    return "\n".join([HEADER, *rows, ""])


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (opened_in(2, "x"), 2),
        (opened_in(9, "x"), 9),
        (opened_in(17, "x"), 17),
        (opened_in(9, 'x""y'), 9),
        (opened_in(9, 'x"y'), 9),
        (f'{HEADER}\n2025-03,"a\nb",,,,,,,"c\nd"e\n{ROW}\n', 3),
        (f'{HEADER}\r\n2025-03,"a",,,,,,,\r\n"x{ROW}\r\n', 3),
    ],
)
def test_a_quote_that_is_not_closed_is_told_where_it_opens(tmp_path: Path, content: str, row: int) -> None:
    refused = refusal(tmp_path / "a.csv", content.encode())

    assert (refused.rule, refused.where["row_number"]) == ("broken_quotes", row)


def test_a_cell_without_end_is_told_where_it_opens(tmp_path: Path) -> None:
    content = f"{HEADER}\n{ROW}\n" + opened_in(2, "x").replace(HEADER, ROW) + f"{ROW}\n" * 10_000

    refused = refusal(tmp_path / "a.csv", content.encode())

    assert (refused.rule, refused.where["row_number"]) == ("cell_too_long", 4)


ROWS_TAKEN_IN = {
    "a remark": '2025-03,JOBS,,210504002,12,,,,"备注\n2025-04,JOBS,,210504002,13,,,,\n2025-05,JOBS,,,14,,,,"',
    "a note": '"说明：\n2025-04,JOBS,,210504002,13,,,,\n",,,,,,,,',
    "other forms of months": '2025-03,JOBS,,210504002,12,,,,"x\nJOBS,2025年4月,13\ny"',
}


def test_a_cell_that_took_rows_in_is_refused(home: Home) -> None:
    receipts = home.send_each({case: table(row) for case, row in ROWS_TAKEN_IN.items()})

    rules = {case: rules_of(receipt["refusals"]) for case, receipt in receipts.items()}
    assert all("lines_in_cell" in found for found in rules.values()), rules
    assert home.observations() == []


def test_a_remark_of_several_lines_is_none_that_took_rows_in(home: Home) -> None:
    words = "原因：2025-03 起停工\n2025年4月复工，进度 12,345 米\n详见附件,共 3 页"

    receipt = home.send_rows(f'2025-03,JOBS,,210504002,12,,,,"{words}"')

    assert receipt["status"] == "accepted"
