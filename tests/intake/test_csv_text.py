from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.conftest import HEADER, Home, csv_text, rules_of
from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import Workbooks, opened

ROW = "2025-03,JOBS,新增就业,210504002,12,,,,"
# NUL is refused, and a carriage return inside quotes is read as the writer left it.
CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_separator_of_the_contract(home: Home, encoding: str, delimiter: str) -> None:
    text = f"{HEADER}\n{ROW}\n".replace(",", delimiter)

    assert home.send(text.encode(encoding))["status"] == "accepted"


def test_a_semicolon_file_keeps_its_commas_inside_cells(home: Home) -> None:
    home.send("报告期;指标编码;地区编码;数值;备注\n2025-03;JOBS;210504002;1,234;甲,乙\n")

    assert home.query("select value, remark from ledger.observations") == [(1234, "甲,乙")]


def test_rows_count_as_a_spreadsheet_counts_them(home: Home) -> None:
    receipt = home.send(
        f'{HEADER}\n2025-03,JOBS,,210504002,12,,,,"上\n下"\n2025-03,JOBS,,210504004,bad,,,,\n'
    )

    assert [one["row"] for one in receipt["refusals"]] == [3]


def test_a_byte_that_is_not_utf8_in_a_utf8_file_is_told_with_its_place(tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.csv", f"{HEADER}\n".encode() + b"2025-03,\xff\xfe\n")

    assert refused.rule == "undecodable"
    assert refused.where["row_number"] == 2
    assert refused.where["text"] == "FF FE 0A"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"a,b\n1\0,2\n", "nul_bytes"),
        ("报告期,指标编码\n".encode("utf-16-le"), "nul_bytes"),
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


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("报告期,数值\n2025-03,1\n", "missing_columns"),
        ("报告期,指标编码\n2025-03,JOBS\n", "missing_columns"),
        ("报告期,指标编码,数值,本月数\n2025-03,JOBS,1,2\n", "ambiguous_columns"),
        ("没有表头\n", "missing_columns"),
        ("", "missing_columns"),
        (f"{HEADER}\n", "no_rows"),
        (f"{HEADER}\n合计,,,,1,,,,\n", "no_rows"),
        (f"{HEADER}\n{','.join('1' * 600)}\n", "too_many_columns"),
    ],
)
def test_a_file_that_is_no_submission_is_refused_as_a_whole(home: Home, content: str, rule: str) -> None:
    receipt = home.send(content)

    assert receipt["status"] == "refused"
    assert rules_of(receipt["refusals"]) == [rule]
    counts = receipt["rows"]
    assert counts["read"] == sum(counts.values()) - counts["read"]
    assert home.observations() == []


@pytest.mark.parametrize(
    ("content", "read", "refused", "blank", "non_data"),
    [
        (f"月报\nperiod,{HEADER}\n2025-01{',' * 9}\n\n2025-02{',' * 9}\n合计\n", 6, 3, 1, 2),
        ("报告期,指标编码\n2025-03,JOBS\n\n2025-02,JOBS\n", 4, 2, 1, 1),
        ("2025-03,JOBS,12\n\n2025-02,JOBS,12\n", 3, 2, 1, 0),
        (f'{HEADER}\n{ROW}\n{ROW}\n2025-03,JOBS,"x', 3, 3, 0, 0),
        (f"{HEADER}\n{ROW}\n{','.join('1' * 600)}\n", 3, 3, 0, 0),
        (f"{HEADER}\n" + f"{ROW}\n" * 40 + '2025-03,JOBS,"x', 41, 40, 0, 1),
    ],
    ids=["ambiguous", "no figures", "no header", "broken early", "too wide", "broken late"],
)
def test_the_rows_of_a_file_that_is_refused_as_a_whole_are_counted(
    home: Home, content: str, read: int, refused: int, blank: int, non_data: int
) -> None:
    counts = home.send(content)["rows"]

    none_taken = {"accepted": 0, "warned": 0}
    assert counts == none_taken | {"read": read, "refused": refused, "blank": blank, "non_data": non_data}


def test_an_extra_separator_never_shifts_a_cell(home: Home) -> None:
    receipt = home.send(f"{HEADER}\n2025-03,JOBS,,210504002,12,,,,22,\n{ROW}\n")

    assert rules_of(receipt["refusals"]) == ["ragged_row"]
    assert home.query("select row_number from ledger.observations") == [(3,)]


def test_separators_that_pad_every_line_are_no_fault(home: Home) -> None:
    receipt = home.send(f"月报,,,,,,,,,,\n{HEADER},,\n{ROW},,\n")

    assert receipt["status"] == "accepted"


def test_sample_data_says_so(home: Home) -> None:
    home.send(f"样例数据（仅供演示）\n{HEADER}\n{ROW}\n")
    home.send(f"{HEADER}\n{ROW}\n")
    home.send(f"{HEADER}\n2025-03,JOBS,新增就业,210504002,12,,,,样例数据\n")

    assert home.query("select is_sample from ledger.submissions order by sequence") == [
        (True,),
        (False,),
        (True,),
    ]
