"""A district made for one test: some indicators with a target each, and what was reported of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tests.progress.compiled import CompiledProject
from warehouse import home, ledger, progress
from warehouse.periods import Period
from warehouse.settings import Settings

DISTRICT, EAST, WEST = "999999", "999999001", "999999002"
QUOTE = "示例目标"
TARGETS_START = {"window_start": "2023-01", "window_end": "2025-12"}

INDICATOR = {
    "name_en": "example", "unit": "人", "favourable": "up", "aggregation": "sum", "numerator_name_zh": "",
    "denominator_name_zh": "", "scale": "", "input_a": "", "input_b": "", "base_period": "",
    "organization_code": "LABOUR", "reporting_level": "district", "frequency": "monthly", "value_min": "",
    "value_max": "", "decimals": "2", "description_zh": "示例",
}  # fmt: skip
RATIO = {
    "aggregation": "ratio_last", "unit": "%", "numerator_name_zh": "分子", "denominator_name_zh": "分母",
    "scale": "100",
}  # fmt: skip
TARGET = {
    "commitment_code": "T01", "area_code": DISTRICT, **TARGETS_START, "repeat": "none",
    "comparator": "at_least", "target_value": "", "upper_value": "", "tolerance": "",
    "judged": "as_reached", "pace": "linear", "anchor_target_code": "",
    "quote_zh": QUOTE, "note_zh": "", "superseded_by": "",
}  # fmt: skip


@dataclass(frozen=True)
class Report:
    """One observation as intake would have appended it."""

    period: str
    value: str | None = None
    parts: tuple[str, str] | None = None
    area: str = DISTRICT
    kind: str = "figure"
    recorded_at: str = "2026-01-05 09:00:00"


@dataclass
class District:
    """A plan and a ledger under construction."""

    settings: Settings
    project: CompiledProject
    indicators: dict[str, dict[str, str]] = field(default_factory=dict)
    targets: dict[str, dict[str, str]] = field(default_factory=dict)
    reports: list[tuple[str, Report]] = field(default_factory=list)
    revisions: list[dict[str, str]] = field(default_factory=list)
    profiles: list[dict[str, str]] = field(default_factory=list)
    appended: int = 0

    def indicator(self, code: str, *reports: Report, **traits: str) -> None:
        """Add an indicator and its reports."""
        derived = {"organization_code": ""} if traits.get("input_a") else {}
        self.indicators[code] = {"indicator_code": code, "name_zh": code, **INDICATOR, **derived, **traits}
        self.reports += [(code, report) for report in reports]

    def target(self, code: str, indicator: str, **traits: str) -> None:
        """Add a target of an indicator."""
        self.targets[code] = {"target_code": code, "indicator_code": indicator, **TARGET, **traits}

    def build(self, period: str, as_of: date | None = None) -> dict[tuple[str, str], dict[str, Any]]:
        """Write the plan and the ledger, build the month, and return its rows by target and window."""
        self.write()
        self.project.build(self.settings, Period.parse(period), as_of)
        return self.rows(period)

    def write(self) -> None:
        """Write the plan and the ledger, for a build."""
        self._write_plan()
        home.initialise(self.settings)
        self._append_reports()

    def rows(self, period: str) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the built month's rows of `indicator_progress`."""
        marts = progress.candidate_of(self.settings, Period.parse(period)).marts
        with duckdb.connect(str(marts), read_only=True) as connection:
            result = connection.execute("select * from marts.indicator_progress")
            names = [column[0] for column in result.description]
            rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return {(row["target_code"], row["window_start"]): row for row in rows}

    def _write_plan(self) -> None:
        folder = self.settings.plan
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.txt").write_text(f"{QUOTE}。", encoding="utf-8")
        for name, rows in self._tables().items():
            _write(folder / f"{name}.csv", rows)

    def _tables(self) -> dict[str, list[dict[str, str]]]:
        keys = {
            "plan_code": "EXAMPLE", "title_zh": "示例方案", "issued_on": "2023-01-01", "area_code": DISTRICT,
            "reporting_starts": "2023-01", "deadline_day": "5", "timezone": "Asia/Shanghai",
        }  # fmt: skip
        organization = {
            "organization_code": "LABOUR",
            "name_zh": "示例局",
            "kind": "department",
            "aliases": "",
        }
        commitment = {"commitment_code": "T01", "kind": "task", "section_zh": "示例", "title_zh": QUOTE}
        areas = [(DISTRICT, "示例区", "district", ""), (EAST, "东街道", "subdistrict", DISTRICT)]
        areas += [(WEST, "西街道", "subdistrict", DISTRICT)]
        tables = {
            "plan": [{"key": key, "value": value} for key, value in keys.items()],
            "organizations": [organization],
            "areas": [
                dict(zip(("area_code", "name_zh", "level", "parent_code"), area, strict=True))
                for area in areas
            ],
            "commitments": [commitment | {"text_zh": QUOTE}],
            "commitment_organizations": [
                {"commitment_code": "T01", "organization_code": "LABOUR", "role": "lead"}
            ],
            "indicators": list(self.indicators.values()),
            "targets": list(self.targets.values()),
            "pace_profiles": self.profiles,
            "target_revisions": self.revisions,
        }
        return {name: rows for name, rows in tables.items() if rows}

    def _append_reports(self) -> None:
        rows = [
            [
                f"s{number:06}", number, "", number, "LABOUR", code, report.area, report.period, report.kind,
                None if report.value is None else Decimal(report.value),
                *((Decimal(part) for part in report.parts) if report.parts else (None, None)),
                None, None, report.recorded_at,
            ]
            for number, (code, report) in enumerate(self.reports, start=self.appended + 1)
        ]  # fmt: skip
        if not rows:
            return
        files = [
            [
                row[0], row[1], "LABOUR", f"{row[0]}.csv", row[0], 1, "csv", row[-1], "accepted", False,
                1, 1, 0, 0, 0, 0,
            ]
            for row in rows
        ]  # fmt: skip
        self.appended, self.reports = self.appended + len(rows), []
        with ledger.writing(self.settings) as connection:
            connection.executemany(
                "insert into ledger.submissions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                files,
            )
            connection.executemany(
                "insert into ledger.observations values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
            )


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def months(first: str, last: str, value: str, **facts: Any) -> list[Report]:
    """Return one report of the same figure for each month of a span."""
    span = Period.parse(first).through(Period.parse(last))
    return [Report(str(month), value, **facts) for month in span]
