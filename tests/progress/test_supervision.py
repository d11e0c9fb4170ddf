"""When an item of supervision opens, how it rises, and what ends it: each rule by a target made for it."""

from __future__ import annotations

import csv
from typing import Any

import duckdb
import pytest

from tests.progress.district import District, Report, months
from warehouse import ledger, progress
from warehouse.periods import Period
from warehouse.plan.completion import DEFAULTS
from warehouse.settings import PROJECT

pytestmark = pytest.mark.slow

MIGRATION = PROJECT / "warehouse" / "ledger" / "migrations" / "0005_supervision.sql"

YEAR = {"window_start": "2024-01", "window_end": "2024-12"}
DECISION = (
    "insert into ledger.rulings by name select $key || $verdict as ruling_id, 'supervision' as kind, "
    "$key as key, $verdict as verdict, '示例核查人' as decided_by, '示例理由' as note, "
    "timestamp '2026-01-06 09:00:00' as decided_at, $period as period"
)


def items(district: District, period: str) -> list[dict[str, Any]]:
    district.build(period)
    return shown(district, period)


def shown(district: District, period: str) -> list[dict[str, Any]]:
    marts = progress.candidate_of(district.settings, Period.parse(period)).marts
    with duckdb.connect(str(marts), read_only=True) as connection:
        result = connection.execute("select * from marts.supervision_items order by item_code")
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def seen(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def decide(district: District, item: str, verdict: str, period: str) -> None:
    with ledger.writing(district.settings) as connection:
        connection.execute(DECISION, {"key": item, "verdict": verdict, "period": period})


@pytest.fixture
def lagging(district: District) -> District:
    """A yearly amount of which a sixth of what is due comes each month."""
    district.indicator("JOBS", *months("2024-01", "2024-12", "2"))
    district.target("JOBS", "JOBS", target_value="120", **YEAR)
    return district


def test_months_in_row_count_from_the_first_month_behind_and_raise_the_level(lagging: District) -> None:
    march, may = (items(lagging, period) for period in ("2024-03", "2024-05"))

    assert seen(march, "item_code", "began_period", "level", "months_in_row") == [
        ("JOBS-2024-02", "2024-02", 2, 2)
    ]
    assert seen(may, "item_code", "level", "months_in_row", "status") == [
        ("JOBS-2024-02", 3, 4, "far_behind")
    ]


def test_a_missed_window_stays_open_until_a_person_decides(lagging: District) -> None:
    lagging.write()
    decide(lagging, "JOBS-2024-02", "verified", "2025-12")

    assert seen(items(lagging, "2025-11"), "status", "closed_period") == [("missed", None)]
    assert seen(items(lagging, "2025-12"), "closed_period", "closed_by", "verified_by") == [
        ("2025-12", "decision", "示例核查人")
    ]


def test_a_target_that_still_lags_after_a_decision_gets_an_item_of_its_own(lagging: District) -> None:
    lagging.write()
    decide(lagging, "JOBS-2024-02", "closed", "2024-03")

    assert seen(items(lagging, "2024-04"), "item_code", "months_in_row", "closed_period") == [
        ("JOBS-2024-02", 2, "2024-03"),
        ("JOBS-2024-04", 1, None),
    ]


def test_an_escalation_goes_one_level_up_and_never_above_the_highest(lagging: District) -> None:
    lagging.write()
    decide(lagging, "JOBS-2024-02", "escalated", "2024-03")

    assert seen(items(lagging, "2024-03"), "level", "months_in_row") == [(3, 2)]
    assert seen(items(lagging, "2024-12"), "level") == [(3,)]


def test_silence_opens_an_item_and_never_ends_one(district: District) -> None:
    district.indicator("JOBS", *months("2024-01", "2024-02", "2"))
    district.target("JOBS", "JOBS", target_value="120", **YEAR)

    assert seen(items(district, "2024-05"), "item_code", "status", "months_in_row", "closed_period") == [
        ("JOBS-2024-02", "not_reported", 4, None)
    ]


def test_not_applicable_neither_ends_nor_prolongs_a_run(district: District) -> None:
    lagging = months("2024-01", "2024-03", "2")
    district.indicator("JOBS", *lagging, Report("2024-04", kind="not_applicable"))
    district.target("JOBS", "JOBS", target_value="120", **YEAR)

    assert [row["closed_period"] for row in items(district, "2024-04")] == [None]


def test_of_quarterly_figures_each_report_counts_as_its_three_months(district: District) -> None:
    quarterly = [Report(period, "5") for period in ("2024-03", "2024-06")]
    district.indicator("JOBS", *quarterly, frequency="quarterly")
    district.target("JOBS", "JOBS", target_value="120", **YEAR)

    assert seen(items(district, "2024-08"), "opened_period", "months_in_row") == [("2024-03", 6)]


def test_the_plans_own_rules_take_the_place_of_the_usual_ones(lagging: District) -> None:
    """Nanjing's ladder: a talk after two months in a row, a notice to the whole city from September on."""
    rules = [
        {
            "level": "1", "status": status, "months_in_row": "2", "from_month": "", "level_name_zh": "约谈",
            "light": "yellow", "demand_zh": "约谈主要负责人", "source_zh": "示例",
        }
        for status in ("behind", "far_behind")
    ]  # fmt: skip
    rules += [
        {**rule, "level": "2", "from_month": "9", "level_name_zh": "通报", "light": "red"} for rule in rules
    ]
    lagging.write()
    with (lagging.settings.plan / "supervision_rules.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rules[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rules)

    levels = [
        seen(items(lagging, period), "level_name_zh", "opened_period") for period in ("2024-08", "2024-09")
    ]

    assert levels == [[("约谈", "2024-03")], [("通报", "2024-03")]]


def test_the_levels_of_older_plans_are_the_usual_ones() -> None:
    """The ledger's migration gives every plan that was loaded before the rows that a plan has by default."""
    with duckdb.connect() as connection:
        connection.execute("create schema plan; create schema ledger")
        connection.execute("create table plan.versions as select 'v1' as plan_version")
        connection.execute("create table ledger.rulings (ruling_id varchar)")
        connection.execute("create table plan.organizations (organization_code varchar)")
        connection.execute(MIGRATION.read_text(encoding="utf-8"))
        kept = connection.execute(
            "select level, status, months_in_row, level_name_zh, light, demand_zh from plan.supervision_rules"
        ).fetchall()

    with (DEFAULTS / "supervision_rules.csv").open(encoding="utf-8", newline="") as stream:
        usual = [
            (
                int(row["level"]),
                row["status"],
                int(row["months_in_row"]),
                row["level_name_zh"],
                row["light"],
                row["demand_zh"],
            )
            for row in csv.DictReader(stream)
        ]
    assert sorted(kept) == sorted(usual)
