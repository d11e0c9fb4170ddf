"""Every rule of a plan: one cell of the minimal plan is changed, and the fault is found where it is."""

from __future__ import annotations

import pytest

from tests.plan.conftest import Folder
from tests.plan.wrong_cells import (
    AREAS,
    CHANGES_OF_TABLES,
    COMMITMENTS,
    INDICATORS,
    ORGANIZATIONS,
    PROFILES,
    REVISIONS,
    ROLES,
    SETTINGS,
    TARGETS,
)
from tests.plan.wrong_measures import CHANGES_OF_MEASURES
from warehouse.plan import check
from warehouse.plan.rules import RULES

CHANGES = [*CHANGES_OF_TABLES, *CHANGES_OF_MEASURES]
OF_SEVERAL_CELLS = {"derivation_too_deep", "level_without_areas", "revisions_out_of_order", "target_twice"}


def places(folder: Folder, code: str) -> list[tuple[str, int, str]]:
    """Return where a rule finds faults."""
    return [(fault.file, fault.line, fault.column) for fault in check(folder.path) if fault.code == code]


def test_the_plan_of_every_other_test_has_no_fault(folder: Folder) -> None:
    assert check(folder.path) == []


def test_a_wrong_cell_is_found_where_it_is(folder: Folder) -> None:
    missed = {}
    for change in CHANGES:
        file, row, column = change.at or (change.file, change.row, change.column)
        place = (file, folder.line_of(file, row), column)
        with folder.restoring(change.file):
            folder.change(change.file, change.row, change.column, change.value)
            if place not in (found := places(folder, change.code)):
                missed[change] = found

    assert missed == {}


def test_every_rule_is_broken_by_some_test() -> None:
    assert set(RULES) <= {change.code for change in CHANGES} | OF_SEVERAL_CELLS


def test_a_running_total_can_not_be_met_for_good_by_staying_under_a_bound(folder: Folder) -> None:
    folder.change(TARGETS, "T05-02", "comparator", "at_most")
    folder.change(TARGETS, "T05-02", "target_value", "10")
    folder.change(TARGETS, "T05-02", "judged", "as_reached")

    assert places(folder, "judged_impossible") == [(TARGETS, folder.line_of(TARGETS, "T05-02"), "judged")]


def test_a_chain_of_five_derivations_is_too_deep(folder: Folder) -> None:
    for step in range(1, 5):
        source = "INC-009" if step == 1 else f"DEEP-{step - 1}"
        folder.append(
            INDICATORS,
            f"DEEP-{step},第{step}层,,百分点,,difference,,,,{source},{source},,,district,quarterly,,,2,,,,",
        )

    assert places(folder, "derivation_too_deep") == [
        (INDICATORS, folder.line_of(INDICATORS, f"DEEP-{step}"), "input_a") for step in (3, 4)
    ]


def test_a_second_revision_comes_after_the_first(folder: Folder) -> None:
    folder.change(TARGETS, "T02-02", "superseded_by", "T02-03")
    folder.append(REVISIONS, "T02-02,T02-03,2024-06-30,示例区人民政府,示例：同日再次调整。")

    assert places(folder, "revisions_out_of_order") == [(REVISIONS, 3, "revised_on")]


def test_a_plan_of_its_district_alone_has_nobody_to_report_by_subdistrict(folder: Folder) -> None:
    folder.write(AREAS, folder.rows(AREAS)[:2])

    assert places(folder, "level_without_areas") == [
        (INDICATORS, folder.line_of(INDICATORS, code), "reporting_level")
        for code in ("EMP-001", "EMP-003", "FAC-003")
    ]


def test_without_subdistricts_a_sum_of_theirs_has_no_bound(folder: Folder) -> None:
    folder.write(AREAS, folder.rows(AREAS)[:2])

    assert places(folder, "target_out_of_range") == []


def test_a_figure_that_can_be_negative_may_be_about_nothing(folder: Folder) -> None:
    folder.change(INDICATORS, "AIR-001", "value_min", "-100")
    folder.change(TARGETS, "G02-01", "target_value", "1")

    assert places(folder, "tolerance_reaches_zero") == []


def test_a_base_that_no_line_starts_from_may_lie_anywhere(folder: Folder) -> None:
    folder.change(INDICATORS, "SOC-003", "base_period", "2026-12")
    folder.change(TARGETS, "T04-01", "pace", "level")

    assert places(folder, "base_period_after_window") == []


def copy_of_target(folder: Folder, code: str, copy: str, **changes: str) -> None:
    """Enter a target a second time under another code."""
    header, *rows = folder.rows(TARGETS)
    row = next(dict(zip(header, row, strict=True)) for row in rows if row[0] == code)
    folder.write(TARGETS, [header, *rows, list((row | {"target_code": copy} | changes).values())])


def bent_through(folder: Folder, target: str, value: str) -> None:
    """Give a target of three years an anchor at the end of the first."""
    copy_of_target(folder, target, "T99-01", target_value=value, window_end="2023-12")
    folder.change(TARGETS, target, "anchor_target_code", "T99-01")


def test_a_level_that_is_to_come_down_bends_above_its_target(folder: Folder) -> None:
    bent_through(folder, "T04-01", "1.25")

    assert check(folder.path) == []


def test_a_level_that_is_to_come_down_does_not_bend_below_its_target(folder: Folder) -> None:
    bent_through(folder, "T04-01", "1.15")

    assert places(folder, "anchor_beyond_target") == [
        (TARGETS, folder.line_of(TARGETS, "T04-01"), "anchor_target_code")
    ]


@pytest.mark.parametrize("target", ["T01-01", "G02-01"], ids=["ratio", "mean"])
def test_a_rate_may_be_expected_to_grow_by_the_months(folder: Folder, target: str) -> None:
    folder.change(TARGETS, target, "pace", "linear")

    assert check(folder.path) == []


def test_an_indicator_may_be_monitored_without_a_target(folder: Folder) -> None:
    folder.append(INDICATORS, "NEW-001,示例监测数,,个,,sum,,,,,,,LABOUR,district,monthly,,,0,,,,")

    assert check(folder.path) == []


def test_a_safeguard_needs_nobody_to_answer_for_it(folder: Folder) -> None:
    header, *rows = folder.rows(ROLES)
    folder.write(ROLES, [header, *(row for row in rows if row[0] != "T06")])
    folder.change(COMMITMENTS, "T06", "kind", "safeguard")

    assert check(folder.path) == []


def test_a_code_without_a_digit_is_a_code(folder: Folder) -> None:
    for file, row, column in (
        (COMMITMENTS, "A01", "commitment_code"),
        (ROLES, "A01 LABOUR", "commitment_code"),
        (ROLES, "A01 EAST_STREET", "commitment_code"),
        (ROLES, "A01 WEST_STREET", "commitment_code"),
        (TARGETS, "A01-01", "commitment_code"),
    ):
        folder.change(file, row, column, "JOBS")

    assert check(folder.path) == []


def test_one_statement_is_not_entered_under_two_codes(folder: Folder) -> None:
    copy_of_target(folder, "T01-03", "T01-04", note_zh="示例：又一次。")

    assert places(folder, "target_twice") == [(TARGETS, folder.line_of(TARGETS, "T01-04"), "target_code")]


def test_a_floor_and_a_stretch_target_may_stand_in_one_quote(folder: Folder) -> None:
    copy_of_target(folder, "T01-03", "T01-04", target_value="4")

    assert places(folder, "target_twice") == []


def test_a_target_that_gave_way_to_another_like_it_stays(folder: Folder) -> None:
    copy_of_target(folder, "T01-03", "T01-04")
    folder.change(TARGETS, "T01-03", "superseded_by", "T01-04")

    assert check(folder.path) == []


def test_the_plan_may_say_the_same_of_two_windows(folder: Folder) -> None:
    copy_of_target(folder, "T01-03", "T01-04", window_end="2024-12")

    assert check(folder.path) == []


def test_a_profile_that_repeats_starts_again_each_year(folder: Folder) -> None:
    folder.change(TARGETS, "T01-02", "window_end", "2024-12")
    folder.change(TARGETS, "T01-02", "repeat", "yearly")
    for month in range(1, 13):
        folder.append(PROFILES, f"T01-02,2024-{month:02d},{100 if month == 12 else 0}")

    assert check(folder.path) == []


def test_faults_come_in_the_order_of_files_and_lines(folder: Folder) -> None:
    folder.change(TARGETS, "G02-02", "comparator", "?")
    folder.change(TARGETS, "G01-01", "comparator", "?")
    folder.change(AREAS, "999999002", "level", "?")

    faults = check(folder.path)

    assert [(fault.file, fault.line) for fault in faults] == [(AREAS, 4), (TARGETS, 2), (TARGETS, 7)]


def test_one_malformed_cell_does_not_raise_other_faults(folder: Folder) -> None:
    folder.change(INDICATORS, "EMP-002", "aggregation", "ratio last")

    assert [fault.code for fault in check(folder.path)] == ["unknown_word"]


def test_a_row_without_its_code_is_not_found_by_every_empty_cell(folder: Folder) -> None:
    folder.change(TARGETS, "T05-01", "target_code", "")

    assert [(fault.line, fault.code) for fault in check(folder.path)] == [
        (folder.line_of(TARGETS, ""), "required")
    ]


@pytest.mark.parametrize(
    ("file", "row", "column"),
    [
        (ORGANIZATIONS, "LABOUR", "organization_code"),
        (AREAS, "999999001", "area_code"),
        (COMMITMENTS, "T01", "commitment_code"),
        (INDICATORS, "EMP-001", "indicator_code"),
        (TARGETS, "T02-01", "target_code"),
        (SETTINGS, "issued_on", "key"),
    ],
)
@pytest.mark.parametrize(("code", "fault"), [("", "required"), ("　X", "surrounding_blanks")])
def test_a_code_that_cannot_be_read_is_one_fault(
    folder: Folder, file: str, row: str, column: str, code: str, fault: str
) -> None:
    folder.change(file, row, column, code)

    assert [(found.file, found.column, found.code) for found in check(folder.path)] == [(file, column, fault)]


def test_milestones_without_a_known_indicator_bind_no_other_target(folder: Folder) -> None:
    folder.change(TARGETS, "T06-01", "indicator_code", "?")
    folder.change(TARGETS, "G01-01", "indicator_code", "?")

    assert places(folder, "milestone_shared") == []


def test_profiles_without_a_target_are_not_held_together(folder: Folder) -> None:
    folder.change(PROFILES, "T01-02 2023-08", "target_code", "?")
    folder.change(PROFILES, "T01-02 2023-07", "target_code", "?")
    folder.change(PROFILES, "? 2023-08", "expected_pct", "0")

    assert {fault.code for fault in check(folder.path)} == {"malformed_code"}


def test_revisions_without_a_successor_do_not_follow_each_other(folder: Folder) -> None:
    folder.change(REVISIONS, "T02-01", "replaced_by", "")
    folder.append(REVISIONS, ",T02-02,2024-06-30,示例区人民政府,示例：目标代码漏填。")

    assert places(folder, "revisions_out_of_order") == []


def test_a_fault_shows_the_offending_words(folder: Folder) -> None:
    folder.change(TARGETS, "G01-01", "quote_zh", "累计新增城镇就业600人")

    (fault,) = check(folder.path)

    assert str(fault) == (
        "targets.csv:2:quote_zh: 「累计新增城镇就业600人」 is not in plan-text.txt [quote_not_in_plan]"
    )
