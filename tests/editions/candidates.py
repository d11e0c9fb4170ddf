"""Candidates that are other than what was built, as a later submission would make them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil

import duckdb

from tests.conftest import MONTH
from warehouse import durable, gate, progress
from warehouse.gate.check import GATE_FILE
from warehouse.periods import Period
from warehouse.progress.candidate import BUILD_FILE
from warehouse.settings import Settings


def change(settings: Settings, sql: str) -> None:
    """Change the candidate as a later submission would; it waits for its check."""
    candidate = progress.candidate_of(settings, MONTH)
    with duckdb.connect(str(candidate.marts)) as connection:
        connection.execute(sql)
    facts = candidate.build_facts() | {"marts_sha256": hashlib.sha256(sql.encode()).hexdigest()}
    (candidate.folder / BUILD_FILE).write_text(json.dumps(facts))


def change_and_check(settings: Settings, sql: str) -> None:
    """Change the candidate, and have it audited."""
    change(settings, sql)
    gate.check(settings, MONTH)


def change_and_pass(settings: Settings, sql: str) -> None:
    """Change the candidate, and have what the gate said of it before stand for what it is now."""
    change(settings, sql)
    candidate = progress.candidate_of(settings, MONTH)
    passed = dataclasses.replace(
        gate.report_of(candidate), candidate_sha256=durable.sha256_of(candidate.marts)
    )
    (candidate.folder / GATE_FILE).write_text(json.dumps(dataclasses.asdict(passed)))


def under_another_month(settings: Settings, period: Period) -> None:
    """Let the candidate, with what its build and its check said, stand for another month too."""
    candidate = shutil.copytree(
        progress.candidate_of(settings, MONTH).folder, progress.candidate_of(settings, period).folder
    )
    for name in (BUILD_FILE, GATE_FILE):
        facts = json.loads((candidate / name).read_text(encoding="utf-8"))
        (candidate / name).write_text(json.dumps(facts | {"period": str(period)}))
