"""What analysts read: the data dictionary is current, and the worked queries run on a published month."""

from __future__ import annotations

from pathlib import Path

import pytest

from deployment import data_dictionary
from tests.conftest import MONTH
from warehouse import editions
from warehouse.settings import Settings

QUERIES = sorted(data_dictionary.QUERIES.glob("*.sql"))
OF_CHANGES = "12-what-changed-and-why"
"""Empty in a first edition; `tests/editions/test_second_edition.py` asks it of a second one."""


def test_the_data_dictionary_is_what_make_docs_writes() -> None:
    assert data_dictionary.DOCUMENT.read_text(encoding="utf-8") == data_dictionary.render()


def test_the_data_dictionary_has_every_table_of_an_edition(published: Settings) -> None:
    edition = editions.find(published, str(MONTH))
    tables = editions.query(edition, "select table_name from duckdb_tables()").rows

    page = data_dictionary.render()

    assert tables
    assert [name for (name,) in tables if f"## {name}\n" not in page] == []


def test_there_are_worked_queries_and_each_begins_with_its_question() -> None:
    assert len(QUERIES) >= 10
    assert all("?" in path.read_text(encoding="utf-8").splitlines()[0] for path in QUERIES)


@pytest.mark.parametrize(
    "path", [path for path in QUERIES if path.stem != OF_CHANGES], ids=lambda path: path.stem
)
def test_a_worked_query_answers_from_a_published_month(published: Settings, path: Path) -> None:
    answer = editions.query(editions.find(published, str(MONTH)), path.read_text(encoding="utf-8"))

    assert answer.rows
    assert any(value is not None for value in answer.rows[0])
