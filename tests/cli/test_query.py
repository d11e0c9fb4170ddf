from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended
from warehouse.settings import PROJECT, Settings

Query = Callable[..., Ended]
QUERIES = sorted((PROJECT / "docs" / "queries").glob("*.sql"))
FIGURES = "select target_code, actual_value from marts.indicator_progress order by all limit 3"


@pytest.fixture
def query(minsheng: Callable[..., Ended], published: Settings) -> Query:
    """Ask the published month."""
    return lambda *words: minsheng("query", *words, home=published.home)


def test_people_get_a_table_with_every_row_on_one_line(query: Query) -> None:
    answer = query(FIGURES)

    assert answer.status == 0, answer.stderr
    assert "target_code" in answer.stdout
    assert len([line for line in answer.stdout.splitlines() if "A01-0" in line]) == 3


def test_no_figure_is_told_from_an_empty_word(query: Query) -> None:
    answer = query("select null as nothing, '' as empty")

    assert answer.stdout.count("NULL") == 1


def test_programs_get_json_with_exact_figures(query: Query) -> None:
    answer = json.loads(query(FIGURES, "--json").stdout)

    assert answer["edition"] == "2023-12/r1"
    assert answer["columns"] == ["target_code", "actual_value"]
    assert answer["rows"][0]["target_code"] == "A01-01"
    assert answer["rows"][0]["actual_value"].endswith(".000000")


def test_spreadsheets_get_csv(query: Query) -> None:
    answer = query("select 'a,\"b\"' as text, null as nothing, 1.50 as figure", "--csv")

    assert list(csv.reader(answer.stdout.splitlines())) == [
        ["text", "nothing", "figure"],
        ['a,"b"', "", "1.50"],
    ]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t"])
def test_a_text_that_a_spreadsheet_would_compute_stays_text(query: Query, begin: str) -> None:
    answer = query(f"select chr({ord(begin)}) || '1+1' as text, -1 as figure", "--csv")

    _, (text, figure) = csv.reader(io.StringIO(answer.stdout, newline=""))
    assert (text, figure) == (f"'{begin}1+1", "-1")


def test_a_query_that_fails_is_one_sentence_that_names_the_edition(query: Query) -> None:
    answer = query("select * from marts.nowhere")

    assert answer.status == 2
    assert "2023-12/r1" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_place_of_a_mistake_is_shown_by_a_caret_below_it(query: Query) -> None:
    answer = query("select 1 as one,\nselec 2")

    *_, line, caret = answer.stderr.splitlines()
    assert line == "LINE 2: selec 2"
    assert line[caret.index("^") :] == "2"


def test_one_form_of_the_answer_is_asked_for(query: Query) -> None:
    answer = query("select 1", "--csv", "--json")

    assert (answer.status, answer.stdout) == (2, "")
    assert "give one of them" in answer.stderr


@pytest.mark.parametrize("sql", ["", ";", " -- nothing"])
def test_a_query_without_a_statement_is_wrong_usage(query: Query, sql: str) -> None:
    answer = query(sql)

    assert (answer.status, answer.stdout) == (2, "")
    assert "The query is empty" in answer.stderr


def test_a_second_statement_is_refused_before_any_is_answered(query: Query) -> None:
    answer = query("select 1; select 2")

    assert (answer.status, answer.stdout) == (2, "")
    assert "holds 2 statements" in answer.stderr


@pytest.mark.parametrize(
    "sql",
    ["select ';' as text;", "select 1; -- done; with it", "pivot marts.targets on comparator using count(*)"],
)
def test_one_statement_may_hold_semicolons_and_end_in_one(query: Query, sql: str) -> None:
    answer = query(sql)

    assert answer.status == 0, answer.stderr


def test_a_query_can_neither_write_nor_leave_the_edition(query: Query, tmp_path: Path) -> None:
    for sql in (
        "delete from marts.targets",
        "select * from read_text('/etc/hostname')",
        f"copy marts.targets to '{tmp_path}/targets.csv'",
        "set enable_external_access = true",
    ):
        assert query(sql).status == 2, sql
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_a_documented_query_is_answered_as_an_argument_and_from_its_file(query: Query, file: Path) -> None:
    as_argument, from_file = query(file.read_text(encoding="utf-8")), query("-f", str(file))

    assert (as_argument.status, from_file.status) == (0, 0), as_argument.stderr + from_file.stderr
    assert as_argument.stdout == from_file.stdout


def test_a_query_comes_from_standard_input(query: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("select 7 as seven"))

    assert "7" in query("-").stdout


@pytest.mark.parametrize("words", [[], ["select 1", "-f", "docs/queries/01-what-lags-most.sql"]])
def test_one_query_is_asked_for(query: Query, words: list[str]) -> None:
    answer = query(*words)

    assert answer.status == 2
    assert "Give one query" in answer.stderr
