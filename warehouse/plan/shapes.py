"""The shape of every table of a plan, as data: its file, its columns, what each may hold, and its key."""

from __future__ import annotations

from warehouse.plan.columns import Column, Table, code, extra, number, text, word
from warehouse.plan.kinds import (
    AREA_CODE,
    BASE_PERIOD,
    CODES,
    DATE,
    INTEGER,
    PARENT_AREA_CODE,
    PERIOD,
    TEXT,
    YEAR,
)

SETTINGS = Table("settings", "plan.csv", ("key",), (text("key"), text("value")))

ORGANIZATIONS = Table(
    "organizations",
    "organizations.csv",
    ("organization_code",),
    (
        code("organization_code"),
        text("name_zh"),
        word(
            "kind",
            "government",
            "department",
            "party_body",
            "joint_body",
            "court",
            "procuratorate",
            "police",
            "fire_brigade",
            "municipal_branch",
            "mass_organisation",
            "public_institution",
            "company",
            "subdistrict",
            "group",
            "outside",
        ),
        text("aliases", required=False),
        extra("leader"),
        extra("responsible"),
        extra("contact"),
    ),
)

AREAS = Table(
    "areas",
    "areas.csv",
    ("area_code",),
    (
        Column("area_code", AREA_CODE, required=True),
        text("name_zh"),
        word("level", "district", "subdistrict", "community"),
        Column("parent_code", PARENT_AREA_CODE),
    ),
)

COMMITMENTS = Table(
    "commitments",
    "commitments.csv",
    ("commitment_code",),
    (
        code("commitment_code"),
        word("kind", "goal", "task", "annex", "safeguard"),
        text("section_zh", required=False),
        text("title_zh"),
        text("text_zh"),
    ),
)

COMMITMENT_ORGANIZATIONS = Table(
    "commitment_organizations",
    "commitment_organizations.csv",
    ("commitment_code", "organization_code"),
    (
        code("commitment_code", "commitments"),
        code("organization_code", "organizations"),
        word("role", "lead", "responsible"),
    ),
    may_be_empty=True,  # goals have no organizations
)

INDICATORS = Table(
    "indicators",
    "indicators.csv",
    ("indicator_code",),
    (
        code("indicator_code"),
        text("name_zh"),
        text("name_en", required=False),
        text("unit"),
        word("favourable", "up", "down", required=False),
        word(
            "aggregation",
            "sum",
            "last",
            "mean",
            "ratio",
            "ratio_last",
            "growth",
            "multiple",
            "increment",
            "quotient",
            "difference",
            "total",
        ),
        text("numerator_name_zh", required=False),
        text("denominator_name_zh", required=False),
        number("scale"),
        Column("input_a", CODES, refers_to="indicators"),
        code("input_b", "indicators", required=False),
        Column("base_period", BASE_PERIOD),
        code("organization_code", "organizations", required=False),
        word("reporting_level", "district", "subdistrict"),
        word("frequency", "monthly", "quarterly", "annual"),
        number("value_min"),
        number("value_max"),
        Column("decimals", INTEGER, required=True),
        text("description_zh", required=False),
        extra("reported_as", TEXT, "month", "year_to_date", default="month"),
        extra("lag_months", INTEGER, default="0"),
        extra("source_zh"),
    ),
)

INDICATOR_REPORTERS = Table(
    "indicator_reporters",
    "indicator_reporters.csv",
    ("indicator_code", "area_code", "from_period"),
    (
        code("indicator_code", "indicators"),
        Column("area_code", AREA_CODE, required=True, refers_to="areas"),
        code("organization_code", "organizations"),
        Column("from_period", PERIOD, required=True),
        Column("to_period", PERIOD),
    ),
    optional=True,
)

TARGETS = Table(
    "targets",
    "targets.csv",
    ("target_code",),
    (
        code("target_code"),
        code("indicator_code", "indicators"),
        code("commitment_code", "commitments"),
        Column("area_code", AREA_CODE, required=True, refers_to="areas"),
        Column("window_start", PERIOD, required=True),
        Column("window_end", PERIOD, required=True),
        word("repeat", "none", "yearly"),
        word(
            "comparator",
            "at_least",
            "at_most",
            "above",
            "below",
            "between",
            "about",
            "zero",
            "declines",
            "rises",
            "done",
            "evidence",
        ),
        number("target_value"),
        number("upper_value"),
        number("tolerance"),
        word("judged", "as_reached", "at_end", "throughout"),
        word("pace", "linear", "level", "profile", "none"),
        code("anchor_target_code", "targets", required=False),
        text("quote_zh"),
        text("note_zh", required=False),
        code("superseded_by", "targets", required=False),
        extra("after_window", TEXT, "counts", "ends"),
    ),
)

TARGET_VALUES = Table(
    "target_values",
    "target_values.csv",
    ("target_code", "year"),
    (
        code("target_code", "targets"),
        Column("year", YEAR, required=True),
        number("target_value", required=True),
        number("upper_value"),
    ),
    optional=True,
)

TARGET_REVISIONS = Table(
    "target_revisions",
    "target_revisions.csv",
    ("target_code",),
    (
        code("target_code", "targets"),
        code("replaced_by", "targets"),
        Column("revised_on", DATE, required=True),
        text("approved_by"),
        text("reason_zh"),
    ),
    optional=True,
)

PACE_PROFILES = Table(
    "pace_profiles",
    "pace_profiles.csv",
    ("target_code", "period"),
    (
        code("target_code", "targets"),
        Column("period", PERIOD, required=True),
        number("expected_pct", required=True),
    ),
    optional=True,
)

STATUS_RULES = Table(
    "status_rules",
    "status_rules.csv",
    ("status", "pace"),
    (
        word("status", "on_track", "behind", "far_behind"),
        number("max_lag_pp"),
        word("light", "green", "yellow", "red", "grey"),
        extra("pace", TEXT, "growing", "level", default="growing"),
    ),
    optional=True,
)

SUPERVISION_RULES = Table(
    "supervision_rules",
    "supervision_rules.csv",
    ("level", "status"),
    (
        Column("level", INTEGER, required=True),
        word("status", "behind", "far_behind", "lost", "missed", "not_reported", "overdue_unreported"),
        Column("months_in_row", INTEGER, required=True),
        extra("from_month", INTEGER),
        text("level_name_zh"),
        word("light", "blue", "yellow", "orange", "red"),
        text("demand_zh"),
        extra("source_zh"),
    ),
    optional=True,
)

HOLIDAYS = Table(
    "holidays",
    "holidays.csv",
    ("day",),
    (
        Column("day", DATE, required=True),
        word("kind", "holiday", "workday"),
        text("name_zh"),
    ),
    optional=True,
)

EXTENSIONS = Table(
    "extensions",
    "extensions.csv",
    ("organization_code", "period"),
    (
        code("organization_code", "organizations"),
        Column("period", PERIOD, required=True),
        Column("deadline", DATE, required=True),
        text("reason_zh"),
        text("approved_by"),
    ),
    optional=True,
)

TABLES = (
    SETTINGS,
    ORGANIZATIONS,
    AREAS,
    COMMITMENTS,
    COMMITMENT_ORGANIZATIONS,
    INDICATORS,
    INDICATOR_REPORTERS,
    TARGETS,
    TARGET_VALUES,
    TARGET_REVISIONS,
    PACE_PROFILES,
    STATUS_RULES,
    SUPERVISION_RULES,
    HOLIDAYS,
    EXTENSIONS,
)

TO_CONFIRM = "待确认"
"""What a draft writes into a note wherever a rule guessed; a person takes it away."""

UNDECIDED = Table(
    "undecided",
    "undecided.csv",
    ("line", "words"),
    (
        Column("line", INTEGER, required=True),
        code("commitment_code", "commitments", required=False),
        text("words"),
        text("sentence"),
        text("reason"),
    ),
    optional=True,
)
"""What a draft could not read: it lies in the folder beside the tables, and is not loaded."""
