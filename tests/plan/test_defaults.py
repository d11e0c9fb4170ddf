"""What a plan leaves out, the ledger has all the same: in its words, settings and thresholds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.plan.conftest import Folder
from tests.plan.wrong_cells import INDICATORS, SETTINGS, STATUSES, TARGETS
from warehouse import ledger
from warehouse.plan import check, load, version_in
from warehouse.settings import PROJECT, Settings

BARE = PROJECT / "tests" / "plans" / "other-city"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with ledger.upgrading(Settings(home=tmp_path / "home")) as opened:
        yield opened


@pytest.fixture
def bare(tmp_path: Path) -> Folder:
    """A plan that leaves out all that a plan may leave out."""
    return Folder(shutil.copytree(BARE, tmp_path / "bare"))


def loaded(
    connection: duckdb.DuckDBPyConnection, folder: Folder, columns: str, table: str
) -> list[tuple[object, ...]]:
    version = load(connection, folder.path)
    sql = f"select {columns} from plan.{table} where plan_version = ? order by all"
    return connection.execute(sql, [version]).fetchall()


def test_figures_are_of_their_month_and_due_at_once(
    connection: duckdb.DuckDBPyConnection, bare: Folder
) -> None:
    columns = "distinct reported_as, lag_months, source_zh"

    assert loaded(connection, bare, columns, "indicators") == [("month", 0, None)]


def test_a_year_starts_in_january_and_rates_have_one_decimal(
    connection: duckdb.DuckDBPyConnection, bare: Folder
) -> None:
    settings = dict(loaded(connection, bare, "key, value", "settings"))

    assert (settings["year_starts"], settings["attainment_decimals"]) == ("1", "1")


def test_a_setting_of_the_plan_stays(connection: duckdb.DuckDBPyConnection, bare: Folder) -> None:
    bare.append(SETTINGS, "attainment_decimals,2")

    settings = loaded(connection, bare, "key, value", "settings")

    assert [value for key, value in settings if key == "attainment_decimals"] == ["2"]


GROWING = [
    ("growing", "behind", 30, "yellow"),
    ("growing", "far_behind", None, "red"),
    ("growing", "on_track", 10, "green"),
]
LEVEL = [("level", "behind", 10, "yellow"), ("level", "far_behind", None, "red")]
THRESHOLDS = "pace, status, max_lag_pp::integer, light"


def test_thresholds_are_there_for_both_paces(connection: duckdb.DuckDBPyConnection, bare: Folder) -> None:
    (bare.path / STATUSES).unlink(missing_ok=True)

    assert loaded(connection, bare, THRESHOLDS, "status_rules") == [*GROWING, *LEVEL]


def test_thresholds_without_a_pace_are_of_the_growing_one(
    connection: duckdb.DuckDBPyConnection, bare: Folder
) -> None:
    rows = ["status,max_lag_pp,light", "on_track,5,green", "behind,20,yellow", "far_behind,,red"]
    (bare.path / STATUSES).write_text("\n".join(rows) + "\n", encoding="utf-8")

    assert loaded(connection, bare, THRESHOLDS, "status_rules") == [
        ("growing", "behind", 20, "yellow"),
        ("growing", "far_behind", None, "red"),
        ("growing", "on_track", 5, "green"),
        *LEVEL,
    ]


def test_thresholds_of_one_pace_leave_the_other_as_it_is(
    connection: duckdb.DuckDBPyConnection, bare: Folder
) -> None:
    rows = ["status,max_lag_pp,light,pace", "behind,3,yellow,level", "far_behind,,red,level"]
    (bare.path / STATUSES).write_text("\n".join(rows) + "\n", encoding="utf-8")

    assert loaded(connection, bare, THRESHOLDS, "status_rules") == [
        *GROWING,
        ("level", "behind", 3, "yellow"),
        ("level", "far_behind", None, "red"),
    ]


def test_a_plan_that_writes_its_defaults_out_is_the_same_plan(bare: Folder) -> None:
    before = version_in(bare.path)

    bare.append(SETTINGS, "year_starts,1\nattainment_decimals,1")
    header, *rows = bare.rows(INDICATORS)
    bare.write(INDICATORS, [[*header, "reported_as", "lag_months"], *([*row, "month", "0"] for row in rows)])
    header, *rows = bare.rows(TARGETS)
    bare.write(TARGETS, [[*header, "after_window"], *([*row, "ends"] for row in rows)])

    assert version_in(bare.path) == before


def test_a_derived_figure_is_as_late_as_the_last_that_it_rests_on(
    connection: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    folder.change(INDICATORS, "INC-005", "lag_months", "1")
    folder.change(INDICATORS, "INC-007", "lag_months", "3")

    lags = dict(loaded(connection, folder, "indicator_code, lag_months", "indicators"))

    assert (lags["INC-006"], lags["INC-008"], lags["INC-009"]) == (1, 3, 3)


@pytest.mark.parametrize(
    ("target", "changes", "after_window"),
    [
        pytest.param("T06-01", {}, "counts", id="a milestone"),
        pytest.param("T06-02", {}, "counts", id="evidence"),
        pytest.param("T02-02", {"judged": "as_reached"}, "counts", id="a level for good"),
        pytest.param("T06-03", {"judged": "as_reached"}, "counts", id="a rate of a stock for good"),
        pytest.param("T02-02", {}, "ends", id="a level at the end"),
        pytest.param("G01-01", {}, "ends", id="an amount"),
        pytest.param("T02-03", {}, "ends", id="a rise"),
        pytest.param(
            "T04-01", {"judged": "as_reached"}, "ends", id="a level under a cap, which no later figure meets"
        ),
        pytest.param(
            "T02-02", {"judged": "as_reached", "pace": "level"}, "ends", id="a level from the first month"
        ),
        pytest.param("T03-03", {"judged": "as_reached"}, "ends", id="a level of each year"),
    ],
)
def test_what_comes_after_the_window_counts_for_works_and_for_levels_once_reached(
    connection: duckdb.DuckDBPyConnection,
    folder: Folder,
    target: str,
    changes: dict[str, str],
    after_window: str,
) -> None:
    for column, word in changes.items():
        folder.change(TARGETS, target, column, word)
    folder.change(TARGETS, "T03-03", "comparator", "at_least")
    folder.change(TARGETS, "T03-03", "target_value", "1")

    words = dict(loaded(connection, folder, "target_code, after_window", "targets"))

    assert words[target] == after_window


def test_works_counted_by_their_number_count_where_the_plan_says_so(
    connection: duckdb.DuckDBPyConnection, folder: Folder
) -> None:
    folder.change(TARGETS, "A01-01", "after_window", "counts")

    words = dict(loaded(connection, folder, "target_code, after_window", "targets"))

    assert words["A01-01"] == "counts"


@pytest.mark.parametrize(
    ("inputs", "after_window"),
    [("EDU-001;EMP-005", "counts"), ("SAF-001;SAF-002", "ends")],
    ids=["of levels", "of amounts"],
)
def test_a_total_is_what_its_inputs_are(
    connection: duckdb.DuckDBPyConnection, folder: Folder, inputs: str, after_window: str
) -> None:
    for code in ("EDU-001", "EMP-005", "SAF-003"):
        folder.change(INDICATORS, code, "unit", "起")
        folder.change(INDICATORS, code, "favourable", "")
        folder.change(INDICATORS, code, "frequency", "monthly")
    folder.change(INDICATORS, "SAF-003", "input_a", inputs)
    folder.change(TARGETS, "T02-02", "indicator_code", "SAF-003")
    folder.change(TARGETS, "T02-02", "judged", "as_reached")

    assert check(folder.path) == []
    words = dict(loaded(connection, folder, "target_code, after_window", "targets"))
    assert words["T02-02"] == after_window
