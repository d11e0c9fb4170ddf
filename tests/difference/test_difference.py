"""What changed between two builds of one month, and why: a district in which every cause is at work."""

from __future__ import annotations

import dataclasses
import json
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.prepared import Prepared
from tests.progress.compiled import compiled_project
from tests.progress.district import EAST, RATIO, WEST, District, Report
from warehouse import progress
from warehouse.difference import CAUSES, Change, Difference, Side, difference, write_changes
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

MARCH, APRIL = "2023-03", "2023-04"


def side(district: District, month: str, name: str) -> Side:
    """Build the month and keep it as one side, under a name of its own."""
    district.build(month)
    candidate = progress.candidate_of(district.settings, Period.parse(month))
    kept = district.settings.home / f"{name}.duckdb"
    shutil.copyfile(candidate.marts, kept)
    with duckdb.connect(str(candidate.workings), read_only=True) as workings:
        known = workings.execute("select submission_id from staging.stg_submissions order by sequence")
        return Side(name, kept, month, [submission_id for (submission_id,) in known.fetchall()])


def target(district: District, code: str, value: str = "1000") -> None:
    district.target(code, code, target_value=value, judged="at_end", pace="none")


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> tuple[Side, Side, Side]:
    folder = tmp_path_factory.mktemp("difference")
    settings = Settings(home=folder / "home", plan=folder / "plan")
    district = District(settings, compiled_project(prepared))
    streets = {"reporting_level": "subdistrict"}
    district.indicator("SAME", Report(MARCH, "100"))
    district.indicator("LATE", Report("2023-01", "100"), Report(MARCH, "50"))
    district.indicator("FIXED", Report(MARCH, "100"))
    district.indicator("GONE", Report("2023-02", "10"), Report(MARCH, "100"))
    district.indicator("FALLBACK", Report("2023-02", "10"), Report(MARCH, "100"), aggregation="last")
    district.indicator("OWN", Report(MARCH, "60", area=EAST), Report(MARCH, "30", area=WEST), **streets)
    parts = {**RATIO, "aggregation": "ratio"}
    district.indicator("RATE", Report("2023-01", parts=("1", "3")), Report(MARCH, parts=("5", "7")), **parts)
    district.indicator("EMPTIED", Report("2023-02", parts=("1", "2")), **parts)
    district.indicator("REVISED", Report(MARCH, "100"))
    district.indicator("STOCK", Report("2022-12", "40"), Report(MARCH, "58"), aggregation="last")
    district.indicator("GAIN", input_a="STOCK", aggregation="increment", base_period="2022-12")
    district.indicator("DOUBLE", input_a="LATE", input_b="FIXED", aggregation="difference")
    district.indicator("SHARE", input_a="LATE", input_b="FIXED", aggregation="quotient", scale="1")
    district.indicator("PAIR", input_a="SHARE", input_b="DOUBLE", aggregation="difference")
    district.indicator("ALONE", input_a="LATE", input_b="SAME", aggregation="difference")
    for code in district.indicators:
        target(district, code)
    progress_of = {"aggregation": "last", "unit": "%", "decimals": "0", "value_min": "0", "value_max": "100"}
    district.indicator("SCHOOL", Report("2023-02", "60"), **progress_of)
    district.target("SCHOOL", "SCHOOL", comparator="done", pace="none", window_end="2023-02")
    district.indicator("INCOME", lag_months="1", aggregation="last")
    target(district, "INCOME")
    district.indicator("SILENT", Report(MARCH, "100"))
    district.target("SILENT", "SILENT", target_value="400", window_end=APRIL)
    before = side(district, MARCH, "before")

    district.indicator("LATE", Report("2023-02", "25"))
    district.indicator("FIXED", Report(MARCH, "80"))
    district.indicator("GONE", Report(MARCH, kind="withdrawal"))
    district.indicator("FALLBACK", Report(MARCH, kind="withdrawal"), aggregation="last")
    district.indicator("OWN", Report(MARCH, "95"), **streets)
    district.indicator(
        "RATE", Report("2023-02", parts=("2", "11")), Report(MARCH, parts=("6", "13")), **parts
    )
    district.indicator(
        "EMPTIED", Report("2023-02", kind="withdrawal"), Report(MARCH, parts=("3", "4")), **parts
    )
    district.indicator("STOCK", Report("2023-02", "50"), Report(MARCH, "59"), aggregation="last")
    district.targets["REVISED"]["superseded_by"] = "REVISED-2"
    district.target("REVISED-2", "REVISED", target_value="1200", judged="at_end", pace="none")
    district.revisions.append(
        {
            "target_code": "REVISED",
            "replaced_by": "REVISED-2",
            "revised_on": "2023-03-20",
            "approved_by": "示例区政府",
            "reason_zh": "示例：目标调整",
        }
    )
    after = side(district, MARCH, "after")

    district.indicator("SAME", Report(APRIL, "7"))
    district.indicator("STOCK", Report(APRIL, "70"), aggregation="last")
    district.indicator("SCHOOL", Report(APRIL, "100"), **progress_of)
    district.indicator("INCOME", Report(MARCH, "900"), lag_months="1", aggregation="last")
    return before, after, side(district, APRIL, "next")


@pytest.fixture(scope="module")
def found(sides: tuple[Side, Side, Side]) -> Difference:
    return difference(sides[0], sides[1])


def change(found: Difference, code: str) -> Change:
    return next(one for one in found.changes if one.target_code == code)


def causes(found: Difference, code: str) -> list[tuple[str, Decimal | None]]:
    return [(one.cause, one.effect) for one in change(found, code).causes]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("LATE", [("late_data", 25)]),
        ("FIXED", [("correction", -20)]),
        ("GONE", [("withdrawal", -100)]),
        ("FALLBACK", [("withdrawal", -90)]),
        ("OWN", [("late_data", 95), ("hierarchy", -90)]),
        ("REVISED-2", [("target_revised", None)]),
    ],
)
def test_each_cause_is_named_with_its_share(
    found: Difference, code: str, expected: list[tuple[str, int | None]]
) -> None:
    assert causes(found, code) == expected


def test_what_did_not_change_is_not_there(found: Difference) -> None:
    assert "SAME" not in {one.target_code for one in found.changes}


def test_the_causes_of_a_rate_add_up_to_its_whole_change(found: Difference) -> None:
    rate = change(found, "RATE")

    effects = [cause.effect for cause in rate.causes if cause.effect is not None]
    assert [cause.cause for cause in rate.causes] == ["late_data", "correction"]
    assert rate.actual_after is not None
    assert rate.actual_before is not None
    assert sum(effects) == rate.actual_after - rate.actual_before


def test_the_submission_that_made_the_change_is_named(
    found: Difference, sides: tuple[Side, Side, Side]
) -> None:
    (cause,) = change(found, "GONE").causes

    assert cause.submission_id in set(sides[1].submissions) - set(sides[0].submissions)
    assert cause.file_name == f"{cause.submission_id}.csv"


@pytest.mark.parametrize(("code", "whole"), [("DOUBLE", "45"), ("SHARE", "0.6875"), ("PAIR", "-44.3125")])
def test_causes_that_meet_in_a_derived_figure_have_their_effect_together(
    found: Difference, code: str, whole: str
) -> None:
    assert causes(found, code) == [("late_data", None), ("correction", None), ("together", Decimal(whole))]


def test_causes_with_no_figure_between_them_have_their_effect_together(found: Difference) -> None:
    assert causes(found, "EMPTIED") == [("withdrawal", None), ("late_data", None), ("together", 25)]


def test_a_lone_cause_of_a_derived_figure_has_all_of_its_change(found: Difference) -> None:
    assert causes(found, "ALONE") == [("late_data", 25)]


def test_the_causes_of_every_figure_add_up_to_its_whole_change(found: Difference) -> None:
    for one in found.changes:
        if one.is_new:
            continue
        assert one.actual_after is not None, one.target_code
        assert one.actual_before is not None, one.target_code
        effects = [cause.effect for cause in one.causes if cause.effect is not None]
        assert sum(effects) == one.actual_after - one.actual_before, one.target_code


def test_the_next_months_report_is_no_correction(sides: tuple[Side, Side, Side]) -> None:
    assert causes(difference(sides[1], sides[2]), "SAME") == [("new_month", 7)]


def test_a_report_that_completes_a_closed_window_late_is_the_cause(sides: tuple[Side, Side, Side]) -> None:
    found = difference(sides[1], sides[2])

    school = change(found, "SCHOOL")
    assert (school.status_before, school.status_after) == ("逾期未完成", "逾期完成")
    assert causes(found, "SCHOOL") == [("new_month", 0)]


def test_what_others_publish_later_is_no_late_report_in_its_round(sides: tuple[Side, Side, Side]) -> None:
    assert [one for one, _ in causes(difference(sides[1], sides[2]), "INCOME")] == ["new_month"]


def test_where_nothing_came_time_is_the_cause(sides: tuple[Side, Side, Side]) -> None:
    found = difference(sides[1], sides[2])

    assert change(found, "SILENT").status_after == "逾期未完成"
    assert causes(found, "SILENT") == [("time", 0)]


def test_an_increment_has_the_causes_of_the_level_that_it_is_made_of(found: Difference) -> None:
    assert causes(found, "STOCK") == causes(found, "GAIN") == [("correction", 1)]


def test_a_base_that_stays_is_no_cause_of_an_increments_next_month(sides: tuple[Side, Side, Side]) -> None:
    assert causes(difference(sides[1], sides[2]), "GAIN") == [("new_month", 11)]


def test_an_edition_and_itself_do_not_differ(sides: tuple[Side, Side, Side]) -> None:
    assert difference(sides[0], sides[0]).changes == []


def test_the_file_of_an_edition_may_have_a_quote_in_its_path(
    sides: tuple[Side, Side, Side], tmp_path: Path
) -> None:
    odd = tmp_path / "o'clock.duckdb"
    shutil.copyfile(sides[0].marts, odd)

    assert difference(Side("odd", odd, MARCH, sides[0].submissions), sides[1]).changes


def test_editions_of_an_older_release_are_compared_too(
    sides: tuple[Side, Side, Side], tmp_path: Path
) -> None:
    older = [dataclasses.replace(one, marts=tmp_path / one.marts.name) for one in sides[1:]]
    for new, old in zip(sides[1:], older, strict=True):
        shutil.copyfile(new.marts, old.marts)
        with duckdb.connect(str(old.marts)) as connection:
            connection.execute("alter table marts.indicators drop column lag_months")

    assert causes(difference(*older), "SAME") == [("new_month", 7)]


@pytest.fixture
def marts(sides: tuple[Side, Side, Side], tmp_path: Path) -> Path:
    """A copy of the second build's marts, to be given what differs from the first."""
    return Path(shutil.copyfile(sides[1].marts, tmp_path / "minsheng.duckdb"))


def mart(marts: Path, columns: str, where: str = "true") -> list[tuple[object, ...]]:
    with duckdb.connect(str(marts), read_only=True) as connection:
        return connection.execute(f"select {columns} from marts.edition_changes where {where}").fetchall()


def test_the_mart_has_a_row_for_each_change_with_its_figures(found: Difference, marts: Path) -> None:
    written = write_changes(marts, MARCH, found)

    assert mart(marts, "target_code, actual_before, actual_after, status_zh_after") == [
        (one.target_code, one.actual_before, one.actual_after, one.status_after) for one in found.changes
    ]
    assert written == len(found.changes) > 10
    assert mart(marts, "distinct period, compared_with") == [(MARCH, "before")]


def test_the_cause_in_the_mart_is_that_with_the_greatest_share(found: Difference, marts: Path) -> None:
    write_changes(marts, MARCH, found)

    ((cause, cause_zh, causes_told),) = mart(marts, "cause, cause_zh, causes", "target_code = 'OWN'")

    assert (cause, cause_zh) == ("late_data", "补报")
    assert [(one["cause"], Decimal(one["effect"])) for one in json.loads(str(causes_told))] == [
        ("late_data", 95),
        ("hierarchy", -90),
    ]


def test_where_no_share_can_be_told_the_first_cause_is_in_the_mart(found: Difference, marts: Path) -> None:
    write_changes(marts, MARCH, found)

    assert mart(marts, "cause", "target_code = 'DOUBLE'") == [("late_data",)]


def test_the_mart_is_the_same_however_often_it_is_written(found: Difference, marts: Path) -> None:
    write_changes(marts, MARCH, found)
    once = mart(marts, "*")

    write_changes(marts, MARCH, found)

    assert mart(marts, "*") == once


def test_without_an_edition_before_the_mart_is_empty(marts: Path) -> None:
    assert write_changes(marts, MARCH, None) == 0
    assert mart(marts, "*") == []


def test_the_gate_knows_each_cause_that_a_change_can_have() -> None:
    suite = yaml.safe_load((PROJECT / "expectations" / "edition_changes.yml").read_text(encoding="utf-8"))

    (known,) = (one["kwargs"]["value_set"] for one in suite["expectations"] if one["id"] == "cause_is_known")

    assert {*known, "together"} == set(CAUSES)
