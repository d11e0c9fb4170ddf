"""The public variant: what is withheld, how it is marked, and that the rest is what the edition says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from tests.conftest import MONTH
from warehouse import editions
from warehouse.editions import PublicVariant
from warehouse.settings import PROJECT, Settings
from warehouse.snapshot.disclosure import write_public_marts
from warehouse.snapshot.disclosure.decision import Facts, Scope, Withheld, decide
from warehouse.snapshot.exports.tables import tables_of

FLOOR = 10
SMALL_PART, SMALL_TOTAL = Facts(has_small_part=True), Facts(has_small_total=True)


def scopes(decided: list[Withheld]) -> dict[str, Scope]:
    return {one.indicator_code: one.scope for one in decided}


def test_a_small_part_hides_all_parts_and_leaves_the_total() -> None:
    assert decide({"JOBS": SMALL_PART}, [], {}) == [Withheld("JOBS", Scope.PARTS, "small_part")]


def test_a_small_total_hides_everything() -> None:
    assert decide({"JOBS": SMALL_TOTAL}, [], {}) == [Withheld("JOBS", Scope.WHOLE, "small_total")]


def test_counts_at_the_floor_and_above_hide_nothing() -> None:
    assert decide({"JOBS": Facts()}, [("RATE", "JOBS")], {}) == []


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(has_small_part=True, has_lone_month=True), "lone_part"),
        (Facts(has_small_part=True, has_changed_total=True), "changed_total"),
    ],
)
def test_a_total_that_would_lay_a_part_bare_is_hidden_too(facts: Facts, reason: str) -> None:
    assert decide({"JOBS": facts}, [], {}) == [Withheld("JOBS", Scope.WHOLE, reason)]


def test_what_can_be_computed_from_one_another_is_hidden_together() -> None:
    links = [("GROWTH", "JOBS"), ("RATE", "GROWTH"), ("OTHER", "ROADS")]

    decided = decide({"JOBS": SMALL_TOTAL}, links, {})

    assert scopes(decided) == dict.fromkeys(["GROWTH", "JOBS", "RATE"], Scope.WHOLE)
    assert {one.indicator_code: one.reason for one in decided}["RATE"] == "related"


def test_what_was_hidden_once_stays_hidden() -> None:
    assert decide({"JOBS": Facts()}, [], {"JOBS": Scope.PARTS}) == [Withheld("JOBS", Scope.PARTS, "earlier")]
    assert scopes(decide({"JOBS": SMALL_PART}, [], {"JOBS": Scope.WHOLE})) == {"JOBS": Scope.WHOLE}


def test_every_reason_has_its_chinese_words() -> None:
    facts = {"A": SMALL_PART, "B": SMALL_TOTAL, "C": Facts(has_small_part=True, has_lone_month=True)}

    assert all(one.reason_zh for one in decide(facts, [("D", "A")], {"E": Scope.WHOLE}))


@pytest.fixture(scope="module")
def home(published: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("public") / "home"
    shutil.copytree(
        published.home, folder, ignore=shutil.ignore_patterns("inbox", "archive", "dbt"), symlinks=True
    )
    return Settings(home=folder, plan=PROJECT / "seeds", disclosure_floor=FLOOR)


@pytest.fixture(scope="module")
def variant(home: Settings) -> PublicVariant:
    return editions.publish_public(home, editions.find(home, str(MONTH)))


@pytest.fixture(scope="module")
def marts(home: Settings, variant: PublicVariant) -> duckdb.DuckDBPyConnection:
    """The public marts, with the edition's beside them as `edition`."""
    connection = duckdb.connect(str(Path(variant.folder) / "minsheng.duckdb"), read_only=True)
    connection.execute(
        f"attach '{editions.find(home, str(MONTH)).path / 'minsheng.duckdb'}' as edition (read_only)"
    )
    return connection


@pytest.fixture
def source(home: Settings, tmp_path: Path) -> Path:
    """The edition's marts, for one test to change before they are made public."""
    copy = tmp_path / "minsheng.duckdb"
    shutil.copyfile(editions.find(home, str(MONTH)).path / "minsheng.duckdb", copy)
    copy.chmod(0o644)
    return copy


def test_the_samples_have_something_to_withhold_of_each_kind(variant: PublicVariant) -> None:
    assert set(variant.withheld.values()) == {"parts", "whole"}


@pytest.mark.parametrize(
    ("table", "figure"),
    [
        ("indicator_monthly", "value"),
        ("indicator_progress", "actual_value"),
        ("target_trend", "actual_value"),
    ],
)
def test_no_small_count_of_persons_is_shown(
    marts: duckdb.DuckDBPyConnection, table: str, figure: str
) -> None:
    small = marts.execute(
        f"select * from marts.{table} semi join marts.indicators as counting "
        f"on {table}.indicator_code = counting.indicator_code and counting.unit in ('人', '人次') "
        f"where {figure} > 0 and {figure} < {FLOOR}"
    ).fetchall()
    assert small == []


def test_a_window_that_comes_to_a_small_count_withholds_what_no_month_gives_away(
    source: Path, tmp_path: Path
) -> None:
    with duckdb.connect(str(source)) as connection:
        connection.execute("update marts.indicator_monthly set value = 500, running_total = 500")
        connection.execute("update marts.target_trend set actual_value = 500")
        connection.execute("update marts.target_trend set actual_value = 3 where indicator_code = 'EMP-001'")

    withheld = write_public_marts(source, tmp_path / "public.duckdb", [], FLOOR)

    assert Withheld("EMP-001", Scope.WHOLE, "small_total") in withheld


TABLES = ["indicator_monthly", "indicator_progress", "target_trend"]


@pytest.mark.parametrize("table", TABLES)
def test_a_withheld_row_is_marked_and_holds_no_figure(marts: duckdb.DuckDBPyConnection, table: str) -> None:
    rows = marts.execute(f"select * from marts.{table} where disclosure = 'withheld'")
    names = [column[0] for column in rows.description]
    withheld = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]

    figures = {
        "value",
        "running_total",
        "year_before",
        "actual_value",
        "attainment_pct",
        "gap_value",
        "forecast_value",
        "expected_value",
    }
    assert withheld
    assert all(row[name] is None for row in withheld for name in figures & set(names))


def test_a_withheld_row_says_so_in_words_and_not_the_figure(marts: duckdb.DuckDBPyConnection) -> None:
    notes = marts.execute("select distinct note from marts.indicator_progress where disclosure = 'withheld'")

    assert notes.fetchall() == [("涉及少量个人，数字不予公开",)]


@pytest.mark.parametrize("table", TABLES)
def test_what_is_shown_is_what_the_edition_says(marts: duckdb.DuckDBPyConnection, table: str) -> None:
    changed = marts.execute(
        f"select * exclude (disclosure) from marts.{table} where disclosure = 'shown' "
        f"except all select * from edition.marts.{table}"
    ).fetchall()
    rows = [
        marts.execute(f"select count(*) from {one}.{table}").fetchall() for one in ("marts", "edition.marts")
    ]

    assert changed == []
    assert rows[0] == rows[1]


def test_zero_is_shown_as_zero(marts: duckdb.DuckDBPyConnection) -> None:
    zeros = "select count(*) from {} where value = 0 and unit = '场'"
    public, edition = (
        marts.execute(zeros.format(f"{one}.indicator_monthly")).fetchall()
        for one in ("marts", "edition.marts")
    )

    assert public == edition


def test_files_and_rows_of_departments_are_not_public(marts: duckdb.DuckDBPyConnection) -> None:
    for table in ("edition_changes", "figure_lineage", "quality_results", "submission_refusals"):
        assert marts.execute(f"select count(*) from marts.{table}").fetchall() == [(0,)]


def test_every_withheld_indicator_is_named_with_its_reason(
    marts: duckdb.DuckDBPyConnection, variant: PublicVariant
) -> None:
    rows = marts.execute("select indicator_code, scope, reason_zh, floor from marts.withheld").fetchall()

    assert {code: scope for code, scope, _, _ in rows} == variant.withheld
    assert all(reason and floor == FLOOR for _, _, reason, floor in rows)


def test_every_table_and_column_of_the_variant_is_described(variant: PublicVariant) -> None:
    tables = tables_of(Path(variant.folder))

    assert all(table.description and column.description for table in tables for column in table.columns)


def test_a_column_that_nobody_has_looked_at_is_not_public(source: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(source)) as connection:
        connection.execute("alter table marts.indicator_progress add column told varchar")
        connection.execute("update marts.indicator_progress set told = cast(actual_value as varchar)")
        connection.execute("create table marts.unknown as select actual_value from marts.indicator_progress")
        connection.execute(
            "comment on table marts.unknown is 'new'; comment on column marts.unknown.actual_value is ''"
        )
        connection.execute("comment on column marts.indicator_progress.told is 'new'")

    write_public_marts(source, tmp_path / "public.duckdb", [], FLOOR)

    with duckdb.connect(str(tmp_path / "public.duckdb"), read_only=True) as public:
        told = public.execute(
            "select told from marts.indicator_progress where disclosure = 'withheld'"
        ).fetchall()
        assert set(told) == {(None,)}
        assert public.execute("select count(*) from marts.unknown").fetchall() == [(0,)]


def test_the_withheld_words_are_nowhere_in_the_files_bytes(source: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(source)) as connection:
        connection.execute(
            "update marts.indicator_progress set note = 'secret-' || target_code where target_code = 'A05-01'"
        )

    withheld = write_public_marts(source, tmp_path / "public.duckdb", [], FLOOR)

    assert "EMP-027" in scopes(withheld)
    assert b"secret-" in source.read_bytes()
    assert b"secret-" not in (tmp_path / "public.duckdb").read_bytes()


def test_the_workbook_of_the_variant_says_not_public_where_a_figure_would_be(variant: PublicVariant) -> None:
    book = load_workbook(Path(variant.folder) / "workbook.xlsx", read_only=True)
    rows = list(book["全部目标"].iter_rows(min_row=6, values_only=True))
    headings = list(rows[0])

    withheld = [row for row in rows[1:] if row[headings.index("说明")] == "涉及少量个人，数字不予公开"]
    assert withheld
    assert {row[headings.index("实际")] for row in withheld} == {"不公开"}


def test_the_manifest_names_no_submission_and_no_approver(variant: PublicVariant) -> None:
    manifest = json.loads((Path(variant.folder) / "manifest.json").read_text())

    assert manifest["public"] is True
    assert manifest["disclosure_floor"] == FLOOR
    assert {"submissions", "approved_by", "gate"}.isdisjoint(manifest)
    assert "minsheng.duckdb" in manifest["files"]


def test_publishing_the_variant_again_changes_nothing(home: Settings, variant: PublicVariant) -> None:
    before = {path: path.read_bytes() for path in Path(variant.folder).rglob("*") if path.is_file()}

    assert editions.publish_public(home, editions.find(home, str(MONTH))) == variant
    assert {path: path.read_bytes() for path in Path(variant.folder).rglob("*") if path.is_file()} == before
    assert not any(path.stat().st_mode & 0o222 for path in Path(variant.folder).rglob("*"))
