"""A target that somebody was judged by moves only by a revision that says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.plan.conftest import Folder
from tests.plan.wrong_cells import REVISIONS, TARGETS, VALUES
from warehouse import ledger
from warehouse.errors import MinshengError
from warehouse.plan import load
from warehouse.settings import Settings

RECEIVED = """
    insert into ledger.submissions
    select
        'one', 1, 'LABOUR', 'march.csv', 'sha', 1, 'csv', now(), 'accepted', false, 1, 1, 0, 0, 0, 0
"""


@pytest.fixture
def connection(tmp_path: Path, folder: Folder) -> Iterator[duckdb.DuckDBPyConnection]:
    """A ledger with the minimal plan in force, under which nothing was received."""
    with ledger.upgrading(Settings(home=tmp_path / "home")) as opened:
        load(opened, folder.path)
        yield opened


@pytest.fixture
def received(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The same, after a submission was received."""
    connection.execute(RECEIVED)
    return connection


def refused(connection: duckdb.DuckDBPyConnection, folder: Folder) -> str:
    with pytest.raises(MinshengError) as refusal:
        load(connection, folder.path)
    assert connection.execute("select count(*) from plan.versions").fetchall() == [(1,)]
    return str(refusal.value)


def copied(folder: Folder, code: str, copy: str, **changes: str) -> None:
    """Enter a target once more, under another code and with other cells."""
    header, *rows = folder.rows(TARGETS)
    row = next(dict(zip(header, row, strict=True)) for row in rows if row[0] == code)
    folder.write(TARGETS, [header, *rows, list((row | {"target_code": copy} | changes).values())])


@pytest.mark.parametrize(
    ("target", "column", "value", "said"),
    [
        ("G01-02", "target_value", "3500.5", "G01-02 target_value 4000 → 3500.5"),
        ("T04-02", "upper_value", "1.6", "T04-02 upper_value 1.5 → 1.6"),
        ("G02-01", "tolerance", "3", "G02-01 tolerance 2 → 3"),
        ("T01-03", "comparator", "at_most", "T01-03 comparator below → at_most"),
        ("T01-03", "window_start", "2023-03", "T01-03 window_start 2023-01 → 2023-03"),
        ("T01-03", "window_end", "2026-12", "T01-03 window_end 2025-12 → 2026-12"),
        ("T01-03", "repeat", "yearly", "T01-03 repeat none → yearly"),
    ],
)
def test_a_value_a_comparator_and_a_window_are_not_changed_in_place(
    received: duckdb.DuckDBPyConnection, folder: Folder, target: str, column: str, value: str, said: str
) -> None:
    folder.change(TARGETS, target, column, value)

    assert f"changes in place what this home is judged by: {said}. Nothing was loaded" in refused(
        received, folder
    )


def test_a_refusal_says_how_a_target_is_revised(received: duckdb.DuckDBPyConnection, folder: Folder) -> None:
    folder.change(TARGETS, "G01-02", "target_value", "3500")

    said = refused(received, folder)

    assert "add one under a new code, name that in superseded_by of the old one" in said
    assert "target_revisions.csv (target_code, replaced_by, revised_on, approved_by, reason_zh)" in said


def test_a_target_is_not_removed(received: duckdb.DuckDBPyConnection, folder: Folder) -> None:
    header, *rows = folder.rows(TARGETS)
    folder.write(TARGETS, [header, *(row for row in rows if row[0] != "G01-03")])

    assert "G01-03 is removed" in refused(received, folder)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["T03-01,2025,11,"], "T03-01 target_value of 2025 12 → 11"),
        ([], "T03-01 target_value of 2025 12 → 10"),
        (["T03-01,2025,12,", "T01-01,2024,85,"], "T01-01 target_value of 2024 90 → 85"),
    ],
    ids=["changed", "taken away", "added"],
)
def test_the_value_of_one_year_is_not_changed_in_place(
    received: duckdb.DuckDBPyConnection, folder: Folder, rows: list[str], said: str
) -> None:
    header, *_ = folder.rows(VALUES)
    folder.write(VALUES, [header, *(row.split(",") for row in rows)])

    assert said in refused(received, folder)


def test_a_target_gives_way_to_another_only_by_a_revision(
    received: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    copied(folder, "G01-02", "G01-02-R2", target_value="3500")
    folder.change(TARGETS, "G01-02", "superseded_by", "G01-02-R2")

    assert "G01-02 superseded_by empty → G01-02-R2" in refused(received, folder)


def test_a_revision_is_loaded(received: duckdb.DuckDBPyConnection, folder: Folder) -> None:
    copied(folder, "G01-02", "G01-02-R2", target_value="3500")
    folder.change(TARGETS, "G01-02", "superseded_by", "G01-02-R2")
    folder.append(REVISIONS, "G01-02,G01-02-R2,2024-06-30,示例区人民政府,示例：年中调整。")

    load(received, folder.path)

    assert received.execute(
        "select target_code, target_value::integer from plan.current_targets "
        "where target_code like 'G01-02%' order by all"
    ).fetchall() == [("G01-02", 4000), ("G01-02-R2", 3500)]


def test_a_new_target_is_loaded(received: duckdb.DuckDBPyConnection, folder: Folder) -> None:
    copied(folder, "G01-02", "G01-05", window_end="2024-12")

    load(received, folder.path)

    assert received.execute("select count(*) from plan.versions").fetchall() == [(2,)]


def test_a_note_may_be_written_anew(received: duckdb.DuckDBPyConnection, folder: Folder) -> None:
    folder.change(TARGETS, "G01-02", "note_zh", "示例：另一种说明。")

    load(received, folder.path)

    assert received.execute("select count(*) from plan.versions").fetchall() == [(2,)]


def test_a_years_value_that_is_the_same_as_before_may_be_written_out(
    received: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    folder.append(VALUES, "T03-01,2024,10,")

    load(received, folder.path)

    assert received.execute("select count(*) from plan.versions").fetchall() == [(2,)]


def test_the_first_changes_are_named_and_the_others_counted(
    received: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    for code in ("G01-01", "G01-02", "G01-03", "T01-01"):
        folder.change(TARGETS, code, "target_value", "95")
    folder.change(TARGETS, "A01-01", "target_value", "90")

    said = refused(received, folder)
    assert "A01-01 target_value 2480 → 90; G01-01 target_value 6000 → 95; " in said
    assert "G01-02 target_value 4000 → 95, and 2 more" in said


def test_a_plan_that_nobody_was_judged_by_may_be_decided_anew(
    connection: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    folder.change(TARGETS, "G01-02", "target_value", "3500")

    load(connection, folder.path)

    assert connection.execute("select count(*) from plan.versions").fetchall() == [(2,)]


def test_a_plan_of_which_an_edition_was_published_binds_without_any_submission(
    connection: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    folder.change(TARGETS, "G01-02", "target_value", "3500")

    with pytest.raises(MinshengError, match="G01-02 target_value 4000 → 3500"):
        load(connection, folder.path, is_published=True)
