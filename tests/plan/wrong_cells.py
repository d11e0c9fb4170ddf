"""One wrong cell each for the minimal plan, and the fault that it makes."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """A cell with another text, the fault that this makes, and where, if not at the cell itself."""

    code: str
    file: str
    row: str
    column: str
    value: str
    at: tuple[str, str, str] | None = None


ORGANIZATIONS, AREAS, SETTINGS = "organizations.csv", "areas.csv", "plan.csv"
COMMITMENTS, ROLES = "commitments.csv", "commitment_organizations.csv"
INDICATORS, TARGETS = "indicators.csv", "targets.csv"
REVISIONS, PROFILES, STATUSES = "target_revisions.csv", "pace_profiles.csv", "status_rules.csv"
HOLIDAYS, EXTENSIONS = "holidays.csv", "extensions.csv"

CHANGES = [
    # What any cell may hold.
    Change("required", TARGETS, "G01-01", "quote_zh", ""),
    Change("required", INDICATORS, "EMP-001", "unit", ""),
    Change("surrounding_blanks", ORGANIZATIONS, "LABOUR", "name_zh", "示例区人力资源和社会保障局　"),
    Change("invisible_character", INDICATORS, "EMP-001", "name_zh", "城镇\u200b新增就业人数"),
    Change("unknown_word", ORGANIZATIONS, "LABOUR", "kind", "ministry"),
    Change("unknown_word", AREAS, "999999001", "level", "street"),
    Change("unknown_word", COMMITMENTS, "G01", "kind", "dream"),
    Change("unknown_word", ROLES, "G01 LABOUR", "role", "牵头"),
    Change("unknown_word", INDICATORS, "EMP-001", "favourable", "more"),
    Change("unknown_word", INDICATORS, "EMP-001", "aggregation", "total"),
    Change("unknown_word", INDICATORS, "EMP-001", "reporting_level", "community"),
    Change("unknown_word", INDICATORS, "EMP-001", "frequency", "weekly"),
    Change("unknown_word", TARGETS, "G01-01", "repeat", "monthly"),
    Change("unknown_word", TARGETS, "G01-01", "comparator", ">="),
    Change("unknown_word", TARGETS, "G01-01", "judged", "now"),
    Change("unknown_word", TARGETS, "G01-01", "pace", "steep"),
    Change("unknown_word", STATUSES, "behind", "status", "late"),
    Change("unknown_word", STATUSES, "behind", "light", "orange"),
    Change("malformed_code", INDICATORS, "EMP-001", "indicator_code", "../EMP"),
    Change("malformed_code", ORGANIZATIONS, "CIVIC", "organization_code", "民政局"),
    Change("malformed_area_code", AREAS, "999999001", "area_code", "99999900"),
    Change("malformed_number", TARGETS, "G01-01", "target_value", "6,000"),
    Change("malformed_number", TARGETS, "G01-01", "target_value", "6E3"),
    Change("malformed_number", INDICATORS, "EMP-001", "value_max", "1.1234567"),
    Change("malformed_integer", INDICATORS, "EMP-001", "decimals", "1.5"),
    Change("malformed_period", TARGETS, "G01-01", "window_start", "2023-13"),
    Change("malformed_period", TARGETS, "G01-01", "window_end", "2025年12月"),
    Change("malformed_base_period", INDICATORS, "EDU-001", "base_period", "22-12"),
    Change("malformed_date", REVISIONS, "T02-01", "revised_on", "2024-02-30"),
    # Keys and references.
    Change("duplicate_key", ORGANIZATIONS, "CIVIC", "organization_code", "LABOUR"),
    Change("duplicate_key", TARGETS, "G01-03", "target_code", "G01-02"),
    Change("duplicate_key", PROFILES, "T01-02 2023-02", "period", "2023-01"),
    Change("unknown_reference", ROLES, "T01 LABOUR", "commitment_code", "T99"),
    Change("unknown_reference", ROLES, "T01 LABOUR", "organization_code", "LABOR"),
    Change("unknown_reference", INDICATORS, "EMP-001", "organization_code", "LABOR"),
    Change("unknown_reference", INDICATORS, "INC-009", "input_b", "INC-999"),
    Change("unknown_reference", TARGETS, "G01-01", "indicator_code", "EMP-999"),
    Change("unknown_reference", TARGETS, "G01-01", "commitment_code", "G99"),
    Change("unknown_reference", TARGETS, "G01-01", "area_code", "999998"),
    Change("unknown_reference", TARGETS, "G01-01", "anchor_target_code", "A99-01"),
    Change("unknown_reference", TARGETS, "T02-01", "superseded_by", "T02-99"),
    Change("unknown_reference", REVISIONS, "T02-01", "replaced_by", "T02-99"),
    Change("unknown_reference", PROFILES, "T01-02 2023-01", "target_code", "T01-99"),
    # plan.csv.
    Change("unknown_setting", SETTINGS, "timezone", "key", "zone"),
    Change("missing_setting", SETTINGS, "deadline_day", "key", "deadline", (SETTINGS, "timezone", "key")),
    Change("malformed_setting", SETTINGS, "reporting_starts", "value", "2023-3"),
    Change("malformed_setting", SETTINGS, "issued_on", "value", "2023-02-29"),
    Change("malformed_setting", SETTINGS, "deadline_day", "value", "5th"),
    Change("deadline_day_out_of_range", SETTINGS, "deadline_day", "value", "31"),
    Change("deadline_day_out_of_range", SETTINGS, "deadline_day", "value", "0"),
    # The calendar of reporting.
    Change("workday_on_a_weekday", HOLIDAYS, "2024-10-01", "kind", "workday"),
    Change("extension_too_short", EXTENSIONS, "CIVIC 2024-09", "deadline", "2024-10-05"),
    Change("extension_of_nothing", EXTENSIONS, "CIVIC 2024-09", "period", "2023-02"),
    Change("unsupported_timezone", SETTINGS, "timezone", "value", "Asia/Beijing"),
    Change("unknown_plan_area", SETTINGS, "area_code", "value", "999998"),
    Change("unknown_plan_area", SETTINGS, "area_code", "value", "999999001"),
    Change("reporting_after_all_windows", SETTINGS, "reporting_starts", "value", "2026-01"),
    # Organizations and areas.
    Change("name_claimed_twice", ORGANIZATIONS, "CIVIC", "aliases", "示例区人社局"),
    Change("name_claimed_twice", ORGANIZATIONS, "CIVIC", "name_zh", "示例区人力资源和社会保障局"),
    Change("name_claimed_twice", ORGANIZATIONS, "CIVIC", "aliases", "示例区民政局"),
    Change("malformed_aliases", ORGANIZATIONS, "LABOUR", "aliases", "示例区人社局；示例区人力社保局"),
    Change("malformed_aliases", ORGANIZATIONS, "LABOUR", "aliases", "示例区人社局;"),
    Change("unknown_parent", AREAS, "999999001", "parent_code", ""),
    Change("unknown_parent", AREAS, "999999001", "parent_code", "999998"),
    Change("level_out_of_order", AREAS, "999999001001", "parent_code", "999999"),
    Change("code_outside_parent", AREAS, "999999001001", "parent_code", "999999002"),
    Change("second_district", AREAS, "999999002", "level", "district"),
    Change("area_cycle", AREAS, "999999001", "parent_code", "999999001001"),
    # The plan's own words.
    Change("text_not_in_plan", COMMITMENTS, "A01", "text_zh", "2023年新增城镇就业2481人。"),
    Change("quote_not_in_plan", TARGETS, "G01-01", "quote_zh", "累计新增城镇就业600人"),
    Change("quote_of_another_commitment", TARGETS, "G01-01", "quote_zh", "2023年新增城镇就业2480人"),
    Change(
        "commitment_without_target",
        TARGETS,
        "A01-01",
        "commitment_code",
        "G01",
        (COMMITMENTS, "A01", "commitment_code"),
    ),
    Change(
        "task_without_organization",
        ROLES,
        "T06 CIVIC",
        "commitment_code",
        "T05",
        (COMMITMENTS, "T06", "commitment_code"),
    ),
    # One indicator.
    Change("ratio_without_parts", INDICATORS, "EMP-002", "denominator_name_zh", ""),
    Change("ratio_without_parts", INDICATORS, "EMP-003", "numerator_name_zh", ""),
    Change("ratio_without_parts", INDICATORS, "EMP-003", "scale", ""),
    Change("ratio_without_parts", INDICATORS, "SOC-003", "scale", ""),
    Change("parts_without_ratio", INDICATORS, "EMP-001", "scale", "100"),
    Change("parts_without_ratio", INDICATORS, "EMP-001", "denominator_name_zh", "劳动力人数"),
    Change("scale_not_of_unit", INDICATORS, "EMP-002", "scale", "1"),
    Change("scale_not_of_unit", INDICATORS, "SOC-003", "scale", "100"),
    Change("scale_not_of_unit", INDICATORS, "SOC-003", "scale", "0"),
    Change("reporter_missing", INDICATORS, "EMP-001", "organization_code", ""),
    Change("reporter_of_derived", INDICATORS, "EDU-003", "organization_code", "CIVIC"),
    Change(
        "reporter_without_inbox",
        ORGANIZATIONS,
        "CIVIC",
        "kind",
        "outside",
        (INDICATORS, "EDU-001", "organization_code"),
    ),
    Change("base_period_missing", INDICATORS, "EDU-003", "base_period", ""),
    Change("base_period_missing", INDICATORS, "INC-003", "base_period", ""),
    Change("base_period_unused", INDICATORS, "INC-002", "base_period", "2022"),
    Change("mean_by_subdistrict", INDICATORS, "AIR-001", "reporting_level", "subdistrict"),
    Change("bounds_reversed", INDICATORS, "EMP-001", "value_max", "-1"),
    Change("too_many_decimals", INDICATORS, "EMP-001", "decimals", "7"),
    Change("indicator_name_twice", INDICATORS, "EMP-002", "name_zh", "城镇新增就业人数"),
    Change(
        "indicator_without_use",
        TARGETS,
        "T05-02",
        "indicator_code",
        "SAF-001",
        (INDICATORS, "SAF-002", "indicator_code"),
    ),
    # Derived indicators.
    Change("input_missing", INDICATORS, "INC-002", "input_a", ""),
    Change("input_missing", INDICATORS, "INC-009", "input_b", ""),
    Change("input_unused", INDICATORS, "EMP-001", "input_a", "EMP-005"),
    Change("input_unused", INDICATORS, "INC-002", "input_b", "INC-005"),
    Change("derived_unit", INDICATORS, "INC-002", "unit", "元"),
    Change("derived_unit", INDICATORS, "INC-009", "unit", "%"),
    Change("derived_unit", INDICATORS, "EDU-003", "unit", "人"),
    # Base periods.
    Change("base_period_not_a_year", INDICATORS, "INC-003", "base_period", "2022-12"),
    Change("base_period_undue", INDICATORS, "EDU-001", "base_period", "2022-11"),
    Change("base_period_undue", INDICATORS, "EDU-003", "base_period", "2022-07"),
    Change("base_period_after_window", INDICATORS, "EDU-001", "base_period", "2026-03"),
    Change("base_period_after_window", INDICATORS, "EDU-003", "base_period", "2026"),
    Change("base_period_after_window", INDICATORS, "INC-003", "base_period", "2026"),
    Change("base_period_after_window", INDICATORS, "SOC-003", "base_period", "2026-12"),
    Change("derivation_cycle", INDICATORS, "INC-006", "input_a", "INC-009"),
    # A target's window and area.
    Change("window_reversed", TARGETS, "G01-01", "window_end", "2022-12"),
    Change("repeat_of_part_years", TARGETS, "G01-04", "window_start", "2023-02"),
    Change("repeat_of_part_years", TARGETS, "G01-04", "window_end", "2025-11"),
    Change("year_comparison_over_years", TARGETS, "T05-02", "repeat", "none"),
    Change("window_ends_undue", TARGETS, "T02-02", "window_end", "2025-11"),
    Change("window_ends_undue", TARGETS, "T02-03", "window_end", "2025-06"),
    Change("area_not_reported", TARGETS, "G01-04", "area_code", "999999001"),
    Change("area_not_reported", TARGETS, "G02-02", "area_code", "999999001"),
    Change("area_not_reported", TARGETS, "G01-02", "area_code", "999999001001"),
    # A target's figures.
    Change("figure_missing", TARGETS, "G01-01", "target_value", ""),
    Change("figure_missing", TARGETS, "T04-02", "upper_value", ""),
    Change("figure_missing", TARGETS, "G02-01", "tolerance", ""),
    Change("figure_unused", TARGETS, "T05-01", "target_value", "0"),
    Change("figure_unused", TARGETS, "G01-01", "upper_value", "7000"),
    Change("figure_unused", TARGETS, "G01-01", "tolerance", "5"),
    Change("band_reversed", TARGETS, "T04-02", "upper_value", "1.3"),
    Change("band_reversed", TARGETS, "G02-01", "tolerance", "0"),
    Change("target_out_of_range", TARGETS, "T06-03", "target_value", "101"),
    Change("target_out_of_range", TARGETS, "A01-01", "target_value", "-1"),
    Change("target_out_of_range", TARGETS, "A01-01", "target_value", "2400001"),
    Change("tolerance_reaches_zero", TARGETS, "G02-01", "tolerance", "90"),
    # A target's comparator and judgement.
    Change("comparator_impossible", TARGETS, "G01-04", "comparator", "zero"),
    Change("comparator_impossible", TARGETS, "T02-02", "comparator", "done"),
    Change("comparator_impossible", TARGETS, "T03-01", "comparator", "rises"),
    Change(
        "milestone_shared", TARGETS, "T06-03", "indicator_code", "FAC-001", (TARGETS, "T06-03", "comparator")
    ),
    Change(
        "milestone_out_of_bounds",
        INDICATORS,
        "FAC-001",
        "value_max",
        "90",
        (TARGETS, "T06-01", "indicator_code"),
    ),
    Change("comparator_against_favour", TARGETS, "G01-04", "comparator", "at_least"),
    Change("comparator_against_favour", TARGETS, "T05-02", "comparator", "rises"),
    Change("judged_impossible", TARGETS, "T05-01", "judged", "as_reached"),
    Change("judged_impossible", TARGETS, "T06-01", "judged", "throughout"),
    # Pace.
    Change("pace_impossible", TARGETS, "T06-02", "pace", "level"),
    Change("pace_impossible", TARGETS, "T06-01", "pace", "linear"),
    Change("pace_impossible", TARGETS, "T05-02", "pace", "linear"),
    Change("pace_impossible", TARGETS, "T01-01", "pace", "linear"),
    Change("profile_out_of_range", PROFILES, "T01-02 2023-07", "expected_pct", "140"),
    Change(
        "profile_not_asked_for",
        TARGETS,
        "T01-02",
        "pace",
        "none",
        (PROFILES, "T01-02 2023-01", "target_code"),
    ),
    Change("profile_outside_window", PROFILES, "T01-02 2023-12", "period", "2024-01"),
    Change("profile_missing", TARGETS, "T01-03", "pace", "profile"),
    Change("profile_not_closed", PROFILES, "T01-02 2023-12", "expected_pct", "99"),
    Change("profile_falls", PROFILES, "T01-02 2023-08", "expected_pct", "39"),
    # Anchors.
    Change(
        "anchor_without_line", TARGETS, "G01-01", "pace", "none", (TARGETS, "G01-01", "anchor_target_code")
    ),
    Change(
        "anchor_without_line",
        TARGETS,
        "G01-01",
        "repeat",
        "yearly",
        (TARGETS, "G01-01", "anchor_target_code"),
    ),
    Change("anchor_of_another_figure", TARGETS, "G01-01", "anchor_target_code", "T01-02"),
    Change("anchor_of_another_figure", TARGETS, "G01-02", "anchor_target_code", "A01-01"),
    Change("anchor_of_another_figure", TARGETS, "T06-03", "anchor_target_code", "T06-01"),
    Change(
        "anchor_outside_window",
        TARGETS,
        "A01-01",
        "window_end",
        "2025-12",
        (TARGETS, "G01-01", "anchor_target_code"),
    ),
    Change(
        "anchor_outside_window",
        TARGETS,
        "A01-01",
        "window_start",
        "2023-04",
        (TARGETS, "G01-01", "anchor_target_code"),
    ),
    Change(
        "anchor_superseded",
        TARGETS,
        "A01-01",
        "superseded_by",
        "G01-02",
        (TARGETS, "G01-01", "anchor_target_code"),
    ),
    Change(
        "anchor_cycle",
        TARGETS,
        "A01-01",
        "anchor_target_code",
        "G01-01",
        (TARGETS, "G01-01", "anchor_target_code"),
    ),
    # Successors and revisions.
    Change(
        "succession_cycle", TARGETS, "T02-02", "superseded_by", "T02-01", (TARGETS, "T02-01", "superseded_by")
    ),
    Change(
        "revision_without_successor",
        TARGETS,
        "T02-01",
        "superseded_by",
        "",
        (REVISIONS, "T02-01", "target_code"),
    ),
    Change("revision_without_successor", REVISIONS, "T02-01", "replaced_by", "T02-03"),
    Change("revision_before_issue", REVISIONS, "T02-01", "revised_on", "2023-02-27"),
    # The thresholds.
    Change("status_out_of_order", STATUSES, "on_track", "status", "far_behind"),
    Change("status_bounds_not_increasing", STATUSES, "behind", "max_lag_pp", "10"),
    Change("status_bounds_not_increasing", STATUSES, "on_track", "max_lag_pp", "-1"),
    Change("status_open_end", STATUSES, "far_behind", "max_lag_pp", "50"),
    Change("status_open_end", STATUSES, "behind", "max_lag_pp", ""),
]
