"""Small files whose lines are all alike, read together: told and cut up as Python's csv module would."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.conftest import HEADER, Home
from warehouse.intake.readers import plain_text
from warehouse.intake.readers.uniform import DELIMITER, Uniform, uniform

HEADING = "period,indicator_code,value"
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
LINES = st.lists(st.lists(CELLS, min_size=2, max_size=4).map(DELIMITER.join), max_size=8)


def rows_of(found: Uniform) -> list[list[str]]:
    batches = plain_text.batches([found.lines], DELIMITER, found.header.width)
    return [
        list(row) for batch in batches for row in zip(*(c.to_pylist() for c in batch.columns), strict=True)
    ]


@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_is_uniform_has_the_rows_that_the_csv_module_reads(
    lines: list[str], ending: str, is_ended: bool
) -> None:
    text = ending.join([HEADING, *lines]) + ending * is_ended

    found = uniform(text.encode())

    if found:
        heading, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert (found.heading, rows_of(found), found.count) == (heading, rows, len(rows))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_lines_of_the_headers_width_are_uniform(start: str, ending: str) -> None:
    found = uniform(f"{start}{HEADING}{ending}2024-01,JOBS,1{ending}2024-02,JOBS,{ending}".encode())

    assert found
    assert rows_of(found) == [["2024-01", "JOBS", "1"], ["2024-02", "JOBS", ""]]


@pytest.mark.parametrize(
    "content",
    [
        HEADING.encode(),
        f"{HEADING}\n".encode(),
        f"{HEADING}\n2024-01,JOBS\n".encode(),
        f"{HEADING}\n2024-01,JOBS,1,\n".encode(),
        f"{HEADING}\n2024-01,JOBS,1\n\n".encode(),
        f'{HEADING}\n2024-01,JOBS,"1"\n'.encode(),
        f"{HEADING}\n2024-01,JOBS,1\r2024-02,JOBS,1\n".encode(),
        f"{HEADING}\n2024-01,JOBS,\0\n".encode(),
        f"{HEADING},备注\n2024-01,JOBS,1,新增\n".encode("gb18030"),
        f"{HEADING}\n2024-01,JOBS,1\n".encode("utf-16"),
        f"样例\n{HEADING}\n2024-01,JOBS,1\n".encode(),
        f"{HEADING},\n2024-01,JOBS,1,\n".encode(),
        f"{HEADING},value\n2024-01,JOBS,1,1\n".encode(),
        HEADING.replace(",", ";").encode() + b"\n2024-01;JOBS;1\n",
    ],
)
def test_other_files_are_left_to_the_reader_of_their_own(content: bytes) -> None:
    assert uniform(content) is None


def test_rows_read_together_stay_with_their_files(home: Home) -> None:
    home.drop("a.csv", f"{HEADER}\n2024-01,JOBS,,210504002,1,,,,\n2024-02,JOBS,,210504002,x,,,,\n")
    home.drop("b.csv", "value,indicator_code,period,area_code\n3,JOBS,2024-03,210504002\n")
    home.drop("c.csv", f"{HEADER}\n2024-04,JOBS,,210504002,4,,,,\n")

    home.take_in()

    assert home.query(
        "select file_name, row_number, period, cast(value as integer) from ledger.observations "
        "join ledger.submissions using (submission_id) order by all"
    ) == [("a.csv", 2, "2024-01", 1), ("b.csv", 2, "2024-03", 3), ("c.csv", 2, "2024-04", 4)]
    assert home.query("select row_number, text from ledger.refusals") == [(3, "x")]
