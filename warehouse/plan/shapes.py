"""The shape of every table of a plan, as data: its file, its columns, what each may hold, and its key."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.plan.kinds import (
    AREA_CODE,
    BASE_PERIOD,
    CODE,
    DATE,
    INTEGER,
    NUMBER,
    PARENT_AREA_CODE,
    PERIOD,
    TEXT,
    Kind,
)


@dataclass(frozen=True)
class Column:
    """One column: what its cells may hold."""

    name: str
    kind: Kind = TEXT
    required: bool = False
    words: tuple[str, ...] = ()
    """The vocabulary, where the column has one."""
    refers_to: str = ""
    """The table whose key a cell must name, where it names one."""


@dataclass(frozen=True)
class Table:
    """One table of the plan: `name` in the ledger's schema `plan`, `file` in the folder."""

    name: str
    file: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    optional: bool = False
    """Whether the folder may do without the file."""
    may_be_empty: bool = False
    """Whether the file may be without rows; one that is optional may."""

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.columns if column.name == name)


def _code(name: str, refers_to: str = "", *, required: bool = True) -> Column:
    return Column(name, CODE, required, refers_to=refers_to)


def _text(name: str, *, required: bool = True) -> Column:
    return Column(name, TEXT, required)


def _number(name: str, *, required: bool = False) -> Column:
    return Column(name, NUMBER, required)


def _word(name: str, *words: str, required: bool = True) -> Column:
    return Column(name, TEXT, required, words=words)


SETTINGS = Table("settings", "plan.csv", ("key",), (_text("key"), _text("value")))

ORGANIZATIONS = Table(
    "organizations",
    "organizations.csv",
    ("organization_code",),
    (
        _code("organization_code"),
        _text("name_zh"),
        _word(
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
        _text("aliases", required=False),
    ),
)

AREAS = Table(
    "areas",
    "areas.csv",
    ("area_code",),
    (
        Column("area_code", AREA_CODE, required=True),
        _text("name_zh"),
        _word("level", "district", "subdistrict", "community"),
        Column("parent_code", PARENT_AREA_CODE),
    ),
)

COMMITMENTS = Table(
    "commitments",
    "commitments.csv",
    ("commitment_code",),
    (
        _code("commitment_code"),
        _word("kind", "goal", "task", "annex"),
        _text("section_zh", required=False),
        _text("title_zh"),
        _text("text_zh"),
    ),
)

COMMITMENT_ORGANIZATIONS = Table(
    "commitment_organizations",
    "commitment_organizations.csv",
    ("commitment_code", "organization_code"),
    (
        _code("commitment_code", "commitments"),
        _code("organization_code", "organizations"),
        _word("role", "lead", "responsible"),
    ),
    may_be_empty=True,  # goals have no organizations
)

INDICATORS = Table(
    "indicators",
    "indicators.csv",
    ("indicator_code",),
    (
        _code("indicator_code"),
        _text("name_zh"),
        _text("name_en", required=False),
        _text("unit"),
        _word("favourable", "up", "down", required=False),
        _word(
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
        ),
        _text("numerator_name_zh", required=False),
        _text("denominator_name_zh", required=False),
        _number("scale"),
        _code("input_a", "indicators", required=False),
        _code("input_b", "indicators", required=False),
        Column("base_period", BASE_PERIOD),
        _code("organization_code", "organizations", required=False),
        _word("reporting_level", "district", "subdistrict"),
        _word("frequency", "monthly", "quarterly", "annual"),
        _number("value_min"),
        _number("value_max"),
        Column("decimals", INTEGER, required=True),
        _text("description_zh", required=False),
    ),
)

TARGETS = Table(
    "targets",
    "targets.csv",
    ("target_code",),
    (
        _code("target_code"),
        _code("indicator_code", "indicators"),
        _code("commitment_code", "commitments"),
        Column("area_code", AREA_CODE, required=True, refers_to="areas"),
        Column("window_start", PERIOD, required=True),
        Column("window_end", PERIOD, required=True),
        _word("repeat", "none", "yearly"),
        _word(
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
        _number("target_value"),
        _number("upper_value"),
        _number("tolerance"),
        _word("judged", "as_reached", "at_end", "throughout"),
        _word("pace", "linear", "level", "profile", "none"),
        _code("anchor_target_code", "targets", required=False),
        _text("quote_zh"),
        _text("note_zh", required=False),
        _code("superseded_by", "targets", required=False),
    ),
)

TARGET_REVISIONS = Table(
    "target_revisions",
    "target_revisions.csv",
    ("target_code",),
    (
        _code("target_code", "targets"),
        _code("replaced_by", "targets"),
        Column("revised_on", DATE, required=True),
        _text("approved_by"),
        _text("reason_zh"),
    ),
    optional=True,
)

PACE_PROFILES = Table(
    "pace_profiles",
    "pace_profiles.csv",
    ("target_code", "period"),
    (
        _code("target_code", "targets"),
        Column("period", PERIOD, required=True),
        _number("expected_pct", required=True),
    ),
    optional=True,
)

STATUS_RULES = Table(
    "status_rules",
    "status_rules.csv",
    ("status",),
    (
        _word("status", "on_track", "behind", "far_behind"),
        _number("max_lag_pp"),
        _word("light", "green", "yellow", "red", "grey"),
    ),
    optional=True,
)

HOLIDAYS = Table(
    "holidays",
    "holidays.csv",
    ("day",),
    (
        Column("day", DATE, required=True),
        _word("kind", "holiday", "workday"),
        _text("name_zh"),
    ),
    optional=True,
)

EXTENSIONS = Table(
    "extensions",
    "extensions.csv",
    ("organization_code", "period"),
    (
        _code("organization_code", "organizations"),
        Column("period", PERIOD, required=True),
        Column("deadline", DATE, required=True),
        _text("reason_zh"),
        _text("approved_by"),
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
    TARGETS,
    TARGET_REVISIONS,
    PACE_PROFILES,
    STATUS_RULES,
    HOLIDAYS,
    EXTENSIONS,
)
