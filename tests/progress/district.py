"""A district made for one test: some indicators with a target each, and what was reported of them."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow

from tests.progress.compiled import CompiledProject
from warehouse import home, ledger, progress
from warehouse.intake.records import record_older_submissions
from warehouse.periods import Period
from warehouse.published import MANIFEST, Edition
from warehouse.settings import Settings

DISTRICT, EAST, WEST = "999999", "999999001", "999999002"
QUOTE = "示例目标"
TARGETS_START = {"window_start": "2023-01", "window_end": "2025-12"}

INDICATOR = {
    "name_en": "example", "unit": "人", "favourable": "up", "aggregation": "sum", "numerator_name_zh": "",
    "denominator_name_zh": "", "scale": "", "input_a": "", "input_b": "", "base_period": "",
    "organization_code": "LABOUR", "reporting_level": "district", "frequency": "monthly", "value_min": "",
    "value_max": "", "decimals": "2", "description_zh": "示例", "reported_as": "", "lag_months": "",
}  # fmt: skip
RATIO = {
    "aggregation": "ratio_last", "unit": "%", "numerator_name_zh": "分子", "denominator_name_zh": "分母",
    "scale": "100",
}  # fmt: skip
TARGET = {
    "commitment_code": "T01", "area_code": DISTRICT, **TARGETS_START, "repeat": "none",
    "comparator": "at_least", "target_value": "", "upper_value": "", "tolerance": "",
    "judged": "as_reached", "pace": "linear", "anchor_target_code": "",
    "quote_zh": QUOTE, "note_zh": "", "superseded_by": "", "after_window": "",
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
    remark: str | None = None


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
    yearly_values: list[dict[str, str]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
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

    def put_in_an_edition(self, period: str) -> Edition:
        """Copy a built month to where an edition has it, with what others read of a manifest."""
        folder = self.settings.editions / period / "r1"
        folder.mkdir(parents=True)
        shutil.copy(progress.candidate_of(self.settings, Period.parse(period)).marts, folder)
        with ledger.reading(self.settings) as connection:
            ((version,),) = connection.execute("select plan_version from plan.current_version").fetchall()
        facts = {"plan_version": version, "is_sample": True, "previous": None}
        (folder / MANIFEST).write_text(json.dumps(facts), encoding="utf-8")
        return Edition(period, 1, str(folder))

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
            "reporting_starts": "2023-01", "deadline_day": "5", "timezone": "Asia/Shanghai", **self.keys,
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
            "target_values": self.yearly_values,
        }
        return {name: rows for name, rows in tables.items() if rows}

    def _append_reports(self) -> None:
        reports = list(enumerate(self.reports, start=self.appended + 1))
        self.appended, self.reports = self.appended + len(reports), []
        if not reports:
            return
        files = [_submission(number, report) for number, (_, report) in reports]
        rows = [_observation(number, code, report) for number, (code, report) in reports]
        with ledger.writing(self.settings) as connection:
            # Appended as a whole: row by row, DuckDB needs a thousand times as long.
            for table, facts in (("submissions", files), ("observations", rows)):
                columns = ", ".join(facts[0])
                connection.register("facts", pyarrow.Table.from_pylist(facts))
                connection.execute(f"insert into ledger.{table} by name select {columns} from facts")
                connection.unregister("facts")

    def record(self) -> None:
        """Record all that was appended, as intake does: dbt's build holds the ledger against its records."""
        with ledger.writing(self.settings) as connection:
            connection.execute("delete from ledger.batches")
            record_older_submissions(self.settings, connection)


def _submission(number: int, report: Report) -> dict[str, Any]:
    return {
        "submission_id": f"s{number:06}", "sequence": number, "organization_code": "LABOUR",
        "file_name": f"s{number:06}.csv", "sha256": f"s{number:06}", "size_bytes": 1, "format": "csv",
        "received_at": report.recorded_at, "status": "accepted", "is_sample": False, "rows_read": 1,
        "rows_accepted": 1, "rows_warned": 0, "rows_refused": 0, "rows_blank": 0, "rows_non_data": 0,
    }  # fmt: skip


def _observation(number: int, code: str, report: Report) -> dict[str, Any]:
    numerator, denominator = report.parts or (None, None)
    return {
        "submission_id": f"s{number:06}", "sequence": number, "sheet": "", "row_number": number,
        "organization_code": "LABOUR", "indicator_code": code, "area_code": report.area,
        "period": report.period, "kind": report.kind, "value": report.value, "numerator": numerator,
        "denominator": denominator, "ytd_value": None, "remark": report.remark,
        "recorded_at": report.recorded_at,
    }  # fmt: skip


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def months(first: str, last: str, value: str | None, **facts: Any) -> list[Report]:
    """Return one report of the same figure for each month of a span."""
    span = Period.parse(first).through(Period.parse(last))
    return [Report(str(month), value, **facts) for month in span]
