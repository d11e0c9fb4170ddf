"""The gate's verdict on a month's candidate, written into the candidate itself and beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any, Literal

import duckdb

from warehouse import durable, ledger
from warehouse.difference import Side, difference, side_of, write_changes
from warehouse.errors import MinshengError
from warehouse.gate.approval import apply_waivers
from warehouse.gate.audit import audit
from warehouse.gate.page import quality_page
from warehouse.gate.results import Result, canary_verdicts
from warehouse.gate.suites import CANARY, Suite, load_suites
from warehouse.logs import about, logger
from warehouse.periods import Period
from warehouse.progress import Candidate, holding
from warehouse.published import MARTS_FILE, newest_before, predecessor_of
from warehouse.settings import Settings

GATE_FILE = "gate.json"
QUALITY_PAGE = "quality.html"
Verdict = Literal["passed", "warned", "blocked"]
QUALITY_RESULTS = Path(__file__).with_name("quality_results.sql")


@dataclass(frozen=True)
class GateReport:
    """What the gate decided, on exactly which file, and why."""

    period: str
    verdict: Verdict
    candidate_sha256: str
    results: list[Result]
    suites: list[dict[str, Any]]
    """Each suite that ran: `suite`, `seconds`, `rows`, `expectations` and what `failed`."""
    changes: int = 0
    """Figures and statuses that differ from the edition before: the rows of `edition_changes`."""

    @property
    def held_back_by(self) -> list[Result]:
        """The results that block the month or wait for a person."""
        return [result for result in self.results if result.blocks or result.warns]


def check(settings: Settings, period: Period) -> GateReport:
    """Audit the month's candidate; `blocked` by a critical failure or an error, `warned` by a warning."""
    with about(period=str(period)), holding(settings, period) as candidate:
        return _check(settings, candidate, period)


def _check(settings: Settings, candidate: Candidate, period: Period) -> GateReport:
    changes = _write_changes(settings, candidate, period)
    before = newest_before(settings, str(period))
    suites = [
        suite
        for suite in load_suites(settings.expectations)
        if before is not None or not suite.compares_with_last_month
    ]
    previous = before.path / MARTS_FILE if before else None
    with ledger.sharing(settings) as attachment:
        audited = audit(candidate.marts, attachment, previous, suites)
        found = [result for one in audited for result in one.results]
        results = _with_canary(suites, found) + _unguarded(candidate, suites)
        with ledger.reading_held(settings, attachment) as connection:
            results = apply_waivers(connection, period, results)
    _write_mart(candidate, period, results)
    facts = [one.facts() for one in audited if one.suite != CANARY]
    audited_file = durable.sha256_of(candidate.marts)
    report = GateReport(str(period), _verdict(results), audited_file, results, facts, changes)
    durable.write(candidate.folder / QUALITY_PAGE, quality_page(report, candidate.build_facts()))
    durable.write(
        candidate.folder / GATE_FILE, json.dumps(asdict(report), ensure_ascii=False, indent=1).encode()
    )
    logger(__name__).info("checked", verdict=report.verdict, results=len(results))
    return report


def report_of(candidate: Candidate) -> GateReport:
    """Return the gate's report on the candidate; raises MinshengError when it was not checked."""
    if (report := last_report(candidate)) is None:
        month = candidate.folder.name
        raise MinshengError(
            _("{period} was not checked: run `minsheng check --period {period}` first").format(period=month)
        )
    return report


def last_report(candidate: Candidate) -> GateReport | None:
    """Return the gate's report on the candidate, or None when there is none."""
    path = candidate.folder / GATE_FILE
    if not path.exists():
        return None
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return GateReport(**facts | {"results": [Result(**result) for result in facts["results"]]})


def _write_changes(settings: Settings, candidate: Candidate, period: Period) -> int:
    """Write what differs from the edition before into the candidate, so that it is audited too."""
    submissions = candidate.build_facts()["submissions"]
    before = predecessor_of(settings, str(period))
    here = Side(str(period), candidate.marts, str(period), submissions)
    found = difference(side_of(before), here) if before else None
    return write_changes(candidate.marts, str(period), found)


def _with_canary(suites: list[Suite], results: list[Result]) -> list[Result]:
    types = {one.id: one.type for suite in suites if suite.name == CANARY for one in suite.expectations}
    used = {one.type for suite in suites if suite.name != CANARY for one in suite.expectations}
    return [result for result in results if result.suite != CANARY] + canary_verdicts(
        [result for result in results if result.suite == CANARY], types, used
    )


def _unguarded(candidate: Candidate, suites: list[Suite]) -> list[Result]:
    """Return an error for each mart that no suite looks at."""
    with duckdb.connect(str(candidate.marts), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
    guarded = {suite.name for suite in suites} | {"quality_results"}
    return [
        Result(
            table, "suite_is_there", "每张成果表都须有检查套件", "critical", "error",
            message=f"No suite guards {table}: add expectations/{table}.yml",
        )
        for (table,) in tables
        if table not in guarded
    ]  # fmt: skip


def _verdict(results: list[Result]) -> Verdict:
    if any(result.blocks for result in results):
        return "blocked"
    return "warned" if any(result.warns for result in results) else "passed"


def _write_mart(candidate: Candidate, period: Period, results: list[Result]) -> None:
    rows = [
        [
            str(period), one.suite, one.expectation, one.description_zh, one.severity, one.outcome,
            one.unexpected_count, json.dumps(one.offending_rows, ensure_ascii=False, default=str),
            one.message or None, one.waived_by, one.waiver_reason, one.waived_until,
        ]
        for one in sorted(results, key=lambda result: (result.suite, result.expectation))
    ]  # fmt: skip
    with duckdb.connect(str(candidate.marts)) as connection:
        connection.begin()
        connection.execute(QUALITY_RESULTS.read_text(encoding="utf-8"))
        connection.executemany(
            "insert into marts.quality_results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        connection.commit()
