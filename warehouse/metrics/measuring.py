"""What is measured, now, from what the home holds: whatever ran or did not run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from warehouse import clock, ledger, notifications, obligations
from warehouse.gate.check import last_report
from warehouse.progress import candidate_of
from warehouse.published import editions_of
from warehouse.settings import Settings

_INTAKE = Path(__file__).with_name("intake.sql")


@dataclass(frozen=True)
class Measurement:
    """One number: what of, in words, and of which part of it."""

    name: str
    """With its unit at the end, where it has one, as Prometheus names metrics."""
    help: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


def measure(settings: Settings) -> list[Measurement]:
    """Return every measurement; what there is nothing of, such as the age of no edition, is left out.

    Raises LedgerBusyError while the ledger stays held, MinshengError where it has no plan.
    """
    return [*_intake(settings), *_months(settings), *_editions(settings), *_incidents(settings)]


def _intake(settings: Settings) -> Iterator[Measurement]:
    with ledger.reading(settings) as connection:
        rows = connection.execute(_INTAKE.read_text(encoding="utf-8")).fetchall()
    for metric, outcome, number, _ in rows:
        yield Measurement(
            f"intake_{metric}",
            f"{metric.capitalize()} that were taken in since the ledger was made, by outcome",
            number,
            {"outcome": outcome},
        )
    if arrivals := [newest for *_, newest in rows if newest is not None]:
        yield _age("intake", "the newest file that was taken in", max(arrivals))


def _months(settings: Settings) -> Iterator[Measurement]:
    calendar = obligations.calendar_of(settings)
    reports = (last_report(candidate_of(settings, period)) for period in calendar.deadlines)
    verdicts = Counter(report.verdict for report in reports if report)
    for verdict in ("passed", "warned", "blocked"):
        yield Measurement(
            "gate_months",
            "Months by the gate's last verdict on them",
            verdicts[verdict],
            {"verdict": verdict},
        )
    missed = calendar.missed(clock.now().date())
    yield Measurement("months_missed", "Months that were to be published and were not", len(missed))


def _editions(settings: Settings) -> Iterator[Measurement]:
    published = editions_of(settings)
    yield Measurement("editions", "Editions that were published, all revisions", len(published))
    if published:
        moments = [datetime.fromisoformat(one.manifest()["published_at"]) for one in published]
        yield _age("edition", "the newest edition", max(moments))


def _incidents(settings: Settings) -> Iterator[Measurement]:
    causes = [incident.cause for incident in notifications.open_incidents(settings)]
    waiting = [cause for cause in causes if cause.startswith(f"{notifications.DECISION} ")]
    yield Measurement("incidents_open", "Incidents that are open", len(causes))
    yield Measurement("months_waiting", "Months that wait for a person's decision", len(waiting))


def _age(of: str, words: str, moment: datetime) -> Measurement:
    seconds = (clock.now() - moment).total_seconds()
    return Measurement(f"{of}_age_seconds", f"How long ago {words} came", seconds)
