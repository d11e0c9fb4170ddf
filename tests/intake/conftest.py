"""A home with a small plan of its own, and what a department does with it: send a file, read the answer."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from warehouse import intake, ledger
from warehouse.intake import IntakeReport
from warehouse.settings import Settings

PLAN = Path(__file__).with_name("plan.sql")
HEADER = "报告期,指标编码,指标名称,地区编码,数值,分子,分母,本年累计,备注"
NAMES = {
    "JOBS": "新增就业",
    "BEDS": "床位数",
    "RATE": "覆盖率",
    "NURSES": "每千人护士数",
    "AIR": "优良率",
    "ROADS": "道路",
}


@dataclass(frozen=True)
class Home:
    """A home under test."""

    settings: Settings

    def drop(self, name: str, content: str | bytes, organization: str = "LABOUR") -> Path:
        path = self.settings.inbox / organization / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take_in(self) -> IntakeReport:
        return intake.take_in(self.settings)

    def receipt(self, taken: intake.report.Taken) -> dict[str, Any]:
        written: dict[str, Any] = json.loads((self.settings.home / taken.receipt).read_text(encoding="utf-8"))
        return written

    def send(
        self, content: str | bytes, name: str = "report.csv", organization: str = "LABOUR"
    ) -> dict[str, Any]:
        """Drop one file, take it in, and return its receipt."""
        self.drop(name, content, organization)
        (taken,) = self.take_in().submissions
        return self.receipt(taken)

    def send_rows(self, *rows: str, organization: str = "LABOUR") -> dict[str, Any]:
        """Send rows under the full header."""
        return self.send("\n".join([HEADER, *rows]) + "\n", organization=organization)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with ledger.reading(self.settings) as connection:
            return connection.execute(sql).fetchall()

    def observations(self) -> list[tuple[Any, ...]]:
        return self.query(
            "select indicator_code, area_code, period, kind, value, numerator, denominator "
            "from ledger.observations order by sequence, row_number"
        )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    settings = Settings(home=tmp_path / "home", stable_seconds=0)
    with ledger.writing(settings) as connection:
        connection.execute(PLAN.read_text(encoding="utf-8"))
    for organization in ("LABOUR", "HEALTH"):
        (settings.inbox / organization).mkdir(parents=True)
    settings.archive.mkdir()
    return Home(settings)


def rules_of(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["rule"] for finding in findings]


def csv_text(rows: list[list[str]], **dialect: Any) -> str:
    import io

    stream = io.StringIO()
    csv.writer(stream, **dialect).writerows(rows)
    return stream.getvalue()


def age(path: Path, seconds: float) -> None:
    state = path.stat()
    os.utime(path, (state.st_atime - seconds, state.st_mtime - seconds))
