"""What is read of a month's marts, and of those of an earlier release."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.editions import Edition
from warehouse.published import MARTS_FILE
from warehouse.snapshot.month import Month, district_of
from warehouse.snapshot.wording import GROUPS, STATUSES

MARTS = {"district": "area_progress", "commitment": "commitment_progress", "lead": "organization_scorecard"}
EARLIER_MARTS = """
create schema marts;
create table marts.areas as
select '1' as area_code, '示例区' as name_zh, 'district' as level;
create table marts.commitments as
select 'T01' as commitment_code, 'task' as kind, '一' as section_zh, '任务' as title_zh;
create table marts.organization_scorecard as
select 'O' as organization_code, '局' as organization_name, 1 as lead_rank;
create table marts.indicator_progress as
select
    '2023-12' as period,
    '1' as area_code,
    '示例区' as area_name,
    'T' as target_code,
    'T01' as commitment_code,
    'O' as lead_organization_codes,
    true as in_force,
    'at_least' as comparator,
    5.0 as actual_value,
    unnest(['2023-12', '2025-12']) as window_end,
    unnest(['achieved_late', 'on_track']) as status;
"""
CODES = {"district": "area_code", "commitment": "commitment_code", "lead": "organization_code"}


@pytest.mark.parametrize("scope", MARTS)
def test_the_windows_are_counted_as_the_marts_count_them(edition: Edition, month: Month, scope: str) -> None:
    counts = ", ".join(STATUSES)
    with duckdb.connect(str(edition.path / MARTS_FILE), read_only=True) as connection:
        rows = connection.execute(f"select {CODES[scope]}, {counts} from marts.{MARTS[scope]}").fetchall()
    mart = {code: dict(zip(STATUSES, found, strict=True)) for code, *found in rows}

    for standing in month.standing(scope):
        by_status = mart[standing["code"]]
        for status, windows in by_status.items():
            counted = [standing[f"{name}_statuses"].get(status, 0) for name in ("running", "closed")]
            assert sum(counted) == (windows or 0), (standing["code"], status)


def test_every_window_runs_or_has_closed_in_exactly_one_group(month: Month) -> None:
    for standing in month.standings:
        running = sum(standing[group.running_column] for group in GROUPS)
        closed = sum(standing[group.closed_column] for group in GROUPS)
        assert (running, closed) == (standing["running"], standing["closed"])
        assert running + closed == standing["windows"]


def test_a_running_window_is_never_overdue_and_a_closed_one_never_behind(month: Month) -> None:
    for standing in month.standings:
        for group in GROUPS:
            assert group.is_of_running or standing[group.running_column] == 0, group
            assert group.is_of_closed or standing[group.closed_column] == 0, group


def test_marts_of_an_earlier_release_are_counted_too(tmp_path: Path) -> None:
    marts = tmp_path / "earlier.duckdb"
    with duckdb.connect(str(marts)) as connection:
        connection.execute(EARLIER_MARTS)

    district = district_of(marts)

    assert (district["done_late_closed"], district["on_pace_running"], district["windows"]) == (1, 1, 2)
