"""A month that is published again after a correction: its marts say what changed, and what was refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import MONTH
from tests.editions.conftest import in_a_small_copy
from warehouse import editions, gate, intake, progress
from warehouse.editions import Edition
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

QUERIES = PROJECT / "docs" / "queries"
ENDLESS = "约三百" * 1000
CORRECTION = f"""报告期,指标编码,地区编码,数值,备注
2023-12,EMP-001,999999001,987,样例数据
2023-12,EMP-001,999999002,{ENDLESS},样例数据
2023-12,EMP-001,999999009,3,样例数据
"""


@pytest.fixture(scope="module")
def home(
    small_published: Path, new_home: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """A home whose department sent a correction after the first edition, with two rows that were refused."""
    settings = in_a_small_copy(small_published, new_home(tmp_path_factory.mktemp("again") / "home"))
    inbox = settings.inbox / "LABOUR"
    inbox.mkdir(parents=True)
    (inbox / "更正.csv").write_text(CORRECTION, encoding="utf-8")
    intake.take_in(settings)
    progress.build(settings, MONTH)
    gate.check(settings, MONTH)
    editions.publish(settings, MONTH)
    return settings


@pytest.fixture(scope="module")
def second(home: Settings) -> Edition:
    return editions.find(home, "2023-12/r2")


def rows(edition: Edition, sql: str) -> list[dict[str, Any]]:
    answer = editions.query(edition, sql)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def worked_query(edition: Edition, name: str) -> list[dict[str, Any]]:
    return rows(edition, (QUERIES / name).read_text(encoding="utf-8"))


def test_the_mart_of_changes_says_what_changes_json_says(second: Edition) -> None:
    told = json.loads((second.path / "changes.json").read_text(encoding="utf-8"))

    found = rows(second, "from marts.edition_changes order by target_code, window_start, area_code")

    assert {row["compared_with"] for row in found} == {told["before"]} == {"2023-12/r1"}
    assert [
        (row["target_code"], str(row["actual_after"]), row["status_zh_after"], json.loads(row["causes"]))
        for row in found
    ] == [
        (one["target_code"], str(one["actual_after"]), one["status_after"], one["causes"])
        for one in told["changes"]
    ]


def test_a_worked_query_says_what_changed_and_which_file_made_the_change(second: Edition) -> None:
    found = worked_query(second, "12-what-changed-and-why.sql")

    assert found
    assert {(row["cause_zh"], row["file_name"]) for row in found} == {("更正", "更正.csv")}
    assert all(row["actual_before"] != row["actual_after"] for row in found)


def test_a_worked_query_says_what_was_refused_where_and_why(second: Edition) -> None:
    found = [
        row
        for row in worked_query(second, "11-what-was-refused-and-why.sql")
        if row["file_name"] == "更正.csv"
    ]

    assert [(row["row_number"], row["column_name"]) for row in found] == [(3, "数值"), (4, "地区编码")]
    assert found[1]["text"] == "999999009"
    assert all(row["reason_zh"] and row["fix_zh"] for row in found)


def test_a_refused_text_is_cut_and_so_are_the_words_that_quote_it(second: Edition) -> None:
    (cut,) = rows(
        second,
        "select text, reason_zh, reason_en from marts.submission_refusals "
        "where file_name = '更正.csv' and row_number = 3",
    )

    assert cut["text"] == f"{ENDLESS[:200]}…"
    assert (len(cut["reason_zh"]), len(cut["reason_en"])) == (501, 501)


def test_neither_refused_texts_nor_changes_are_public(home: Settings, second: Edition) -> None:
    variant = editions.publish_public(home, second)

    with duckdb.connect(str(Path(variant.folder) / "minsheng.duckdb"), read_only=True) as public:
        counts = public.execute(
            "select (select count(*) from marts.submission_refusals), "
            "(select count(*) from marts.edition_changes)"
        ).fetchall()
    assert counts == [(0, 0)]
