"""What the audit found: one result for each expectation, with some of the rows that broke it."""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import ngettext
from typing import Any, Literal

from warehouse.gate.suites import CANARY, Severity, Suite

Outcome = Literal["passed", "failed", "error", "waived"]
ROWS_KEPT = 20
_ROWS_SAID = 3


@dataclass(frozen=True)
class Result:
    """One expectation, as it came out."""

    suite: str
    expectation: str
    description_zh: str
    severity: Severity
    outcome: Outcome
    unexpected_count: int = 0
    offending_rows: list[dict[str, str | int | bool | None]] = field(default_factory=list)
    """Some of the rows that broke it, as JSON can hold them."""
    message: str = ""
    waived_by: str | None = None
    waiver_reason: str | None = None
    waived_until: str | None = None
    """The last day of the waiver, YYYY-MM-DD."""

    @property
    def blocks(self) -> bool:
        """Whether it stops the month: a critical failure, or an expectation that could not be tried."""
        return self.outcome == "error" or (self.outcome == "failed" and self.severity == "critical")

    @property
    def said(self) -> str:
        """The finding in one line: what does not hold, on how many rows, and which are the first of them."""
        named = [
            " ".join(f"{column}={value}" for column, value in row.items())
            for row in self.offending_rows[:_ROWS_SAID]
        ]
        count = ngettext("{} row", "{} rows", self.unexpected_count).format(self.unexpected_count)
        rows = f", {count}: {'; '.join(named)}" if named else ""
        message = f", {self.message}" if self.outcome == "error" else ""
        return f"{self.suite}.{self.expectation} ({self.description_zh}{rows}{message})"

    @property
    def warns(self) -> bool:
        """Whether a person has to decide."""
        return self.outcome == "failed" and self.severity == "warning"


@dataclass(frozen=True)
class Audited:
    """One suite as it ran: how long, on how many rows (None where nothing counts them), what came out."""

    suite: str
    seconds: float
    rows: int | None
    results: list[Result]

    def facts(self) -> dict[str, Any]:
        """Return it as plain data: what failed by name, and how many expectations there were."""
        failed = [one.expectation for one in self.results if one.outcome in ("failed", "error")]
        return {
            "suite": self.suite,
            "seconds": self.seconds,
            "rows": self.rows,
            "expectations": len(self.results),
            "failed": failed,
        }


def complete(suite: Suite, results: list[Result]) -> list[Result]:
    """Add an error for each expectation of the file that has no result: a gate that skips is no gate."""
    tried = {result.expectation for result in results}
    return results + [
        Result(
            suite.name,
            expectation.id,
            expectation.description_zh,
            expectation.severity,
            "error",
            message="The expectation was not run",
        )
        for expectation in suite.expectations
        if expectation.id not in tried
    ]


def canary_verdicts(results: list[Result], types: dict[str, str], used: set[str]) -> list[Result]:
    """Turn the canary's results around: each must have failed, and each type in use must be among them."""
    sung = [
        Result(
            CANARY, result.expectation, result.description_zh, "critical",
            "passed" if result.outcome == "failed" else "error",
            message="" if result.outcome == "failed" else f"bad rows {result.outcome}: the gate is blind",
        )
        for result in results
    ]  # fmt: skip
    unproven = used - set(types.values())
    return sung + [
        Result(
            CANARY,
            f"no_canary_for_{kind}",
            "每种检查都须先在已知错误数据上证明能报错",
            "critical",
            "error",
            message=f"No canary shows that {kind} can fail: add one to expectations/canary.yml",
        )
        for kind in sorted(unproven)
    ]
