"""Another city's published table, entered as a plan and submissions, comes out with the same percentages."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.progress.compiled import CompiledProject
from warehouse import home, intake
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

PLAN = PROJECT / "tests" / "plans" / "meishan-2019"
YEAR_END = Period(2019, 12)
OTHERS = {"LAID_OFF": "UNION"}


@pytest.fixture(scope="module")
def published() -> list[dict[str, str]]:
    with (PLAN / "published" / "table.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def rows(
    published: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory, compiled: CompiledProject
) -> dict[str, dict[str, Any]]:
    settings = Settings(home=tmp_path_factory.mktemp("city"), plan=PLAN, stable_seconds=0)
    home.initialise(settings)
    # The city's totals have to come out of their parts; its rate it reports itself.
    reported = [
        one for one in published if one["area_code"] != "511400" or one["indicator_code"] == "UNEMPLOYMENT"
    ]
    for organization in ("HRSS", "UNION"):
        own = [one for one in reported if OTHERS.get(one["indicator_code"], "HRSS") == organization]
        send(settings.inbox / organization / "2019年终.csv", own)
    report = intake.take_in(settings)
    assert report.totals["rows_refused"] == 0, report
    return progress_rows(compiled.build(settings, YEAR_END).marts)


def place(one: dict[str, str]) -> tuple[str, str]:
    """Return the indicator and area that report a figure: each county's unemployment rate has its own."""
    code, area = one["indicator_code"], one["area_code"]
    return (f"{code}-{area}", "511400") if code == "UNEMPLOYMENT" and area != "511400" else (code, area)


def send(path: Path, figures: list[dict[str, str]]) -> None:
    lines = ["报告期,指标编码,地区编码,数值"]
    lines += [f"2019-12,{','.join(place(one))},{one['progress']}" for one in figures]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def progress_rows(marts: Path) -> dict[str, dict[str, Any]]:
    with duckdb.connect(str(marts), read_only=True) as connection:
        result = connection.execute("select * from marts.indicator_progress")
        names = [column[0] for column in result.description]
        return {
            row[names.index("target_code")]: dict(zip(names, row, strict=True)) for row in result.fetchall()
        }


def test_the_percentages_are_the_published_ones(
    published: list[dict[str, str]], rows: dict[str, dict[str, Any]]
) -> None:
    given = {f"{one['indicator_code']}-{one['area_code']}": one for one in published if one["completed_pct"]}

    assert len(given) == 29
    assert {code: rows[code]["attainment_pct"] for code in given} == {
        code: Decimal(one["completed_pct"]) for code, one in given.items()
    }


def test_the_citys_totals_are_the_published_ones(
    published: list[dict[str, str]], rows: dict[str, dict[str, Any]]
) -> None:
    city = [one for one in published if one["area_code"] == "511400"]

    for one in city:
        assert rows[f"{one['indicator_code']}-511400"]["actual_value"] == Decimal(one["progress"])


def test_all_is_said_to_be_done_and_what_is_more_than_done_is_said_to_be_more(
    published: list[dict[str, str]], rows: dict[str, dict[str, Any]]
) -> None:
    for one in published:
        row = rows[f"{one['indicator_code']}-{one['area_code']}"]
        better = "优于目标" if row["comparator"] in ("at_most", "below") else "超额完成"
        assert row["status_zh"] == (better if one["progress"] != one["target"] else "已完成")
