"""One wrong cell each for the minimal plan, and the fault that it makes (of measures: wrong_measures.py)."""

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
SUPERVISION = "supervision_rules.csv"
VALUES, REPORTERS = "target_values.csv", "indicator_reporters.csv"

CHANGES_OF_TABLES = [
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
    Change("unknown_word", INDICATORS, "EMP-001", "aggregation", "median"),
    Change("unknown_word", INDICATORS, "EMP-001", "reporting_level", "community"),
    Change("unknown_word", INDICATORS, "EMP-001", "frequency", "weekly"),
    Change("unknown_word", TARGETS, "G01-01", "repeat", "monthly"),
    Change("unknown_word", TARGETS, "G01-01", "comparator", ">="),
    Change("unknown_word", TARGETS, "G01-01", "judged", "now"),
    Change("unknown_word", TARGETS, "G01-01", "pace", "steep"),
    Change("unknown_word", TARGETS, "G01-01", "after_window", "later"),
    Change("unknown_word", INDICATORS, "EMP-001", "reported_as", "year to date"),
    Change("unknown_word", STATUSES, "behind growing", "status", "late"),
    Change("unknown_word", STATUSES, "behind growing", "light", "orange"),
    Change("unknown_word", STATUSES, "behind growing", "pace", "falling"),
    Change("malformed_code", INDICATORS, "EMP-001", "indicator_code", "../EMP"),
    Change("malformed_code", ORGANIZATIONS, "CIVIC", "organization_code", "民政局"),
    Change("malformed_area_code", AREAS, "999999001", "area_code", "99999900"),
    Change("malformed_number", TARGETS, "G01-01", "target_value", "6,000"),
    Change("malformed_number", TARGETS, "G01-01", "target_value", "6E3"),
    Change("malformed_number", INDICATORS, "EMP-001", "value_max", "1.1234567"),
    Change("malformed_code", INDICATORS, "SAF-003", "input_a", "SAF-001；SAF-002"),
    Change("malformed_integer", INDICATORS, "EMP-001", "decimals", "1.5"),
    Change("malformed_integer", INDICATORS, "EMP-001", "lag_months", "-1"),
    Change("malformed_year", VALUES, "T03-01 2025", "year", "2025-01"),
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
    Change("unknown_reference", INDICATORS, "SAF-003", "input_a", "SAF-001;SAF-999"),
    Change("unknown_reference", VALUES, "T03-01 2025", "target_code", "T03-99"),
    Change("unknown_reference", REPORTERS, "FAC-003 999999001 2022-12", "area_code", "999998"),
    # plan.csv.
    Change("unknown_setting", SETTINGS, "timezone", "key", "zone"),
    Change("missing_setting", SETTINGS, "deadline_day", "key", "deadline", (SETTINGS, "timezone", "key")),
    Change("malformed_setting", SETTINGS, "reporting_starts", "value", "2023-3"),
    Change("malformed_setting", SETTINGS, "issued_on", "value", "2023-02-29"),
    Change("malformed_setting", SETTINGS, "deadline_day", "value", "5th"),
    Change("malformed_setting", SETTINGS, "year_starts", "value", "April"),
    Change("setting_out_of_range", SETTINGS, "deadline_day", "value", "31"),
    Change("setting_out_of_range", SETTINGS, "deadline_day", "value", "0"),
    Change("setting_out_of_range", SETTINGS, "year_starts", "value", "13"),
    Change("setting_out_of_range", SETTINGS, "attainment_decimals", "value", "3"),
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
    Change("unknown_word", SUPERVISION, "1 behind", "status", "late"),
    Change("unknown_word", SUPERVISION, "1 behind", "light", "green"),
    Change("supervision_number_out_of_range", SUPERVISION, "2 behind", "months_in_row", "0"),
    Change("supervision_number_out_of_range", SUPERVISION, "3 missed", "from_month", "13"),
    Change("supervision_level_looks_different", SUPERVISION, "2 far_behind", "light", "red"),
    Change("supervision_level_looks_different", SUPERVISION, "2 far_behind", "level_name_zh", "黄色督办"),
    Change("supervision_level_reached_sooner", SUPERVISION, "3 behind", "months_in_row", "1"),
    Change("status_out_of_order", STATUSES, "on_track growing", "status", "far_behind"),
    Change("status_bounds_not_increasing", STATUSES, "behind growing", "max_lag_pp", "10"),
    Change("status_bounds_not_increasing", STATUSES, "on_track growing", "max_lag_pp", "-1"),
    Change("status_open_end", STATUSES, "far_behind growing", "max_lag_pp", "50"),
    Change("status_open_end", STATUSES, "behind growing", "max_lag_pp", ""),
    Change(
        "on_track_below_level",
        STATUSES,
        "on_track growing",
        "pace",
        "level",
        (STATUSES, "on_track growing", "status"),
    ),
]
