"""One month from inbox to edition: the four steps that the DAGs take one by one."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse import editions, gate, intake, progress
from warehouse.editions import Edition
from warehouse.editions.publish import refuse_unfinished
from warehouse.gate import GateReport
from warehouse.intake import IntakeReport
from warehouse.obligations import calendar_of
from warehouse.periods import Period
from warehouse.progress import BuildReport
from warehouse.settings import Settings


@dataclass(frozen=True)
class Month:
    """What each step of the month reported."""

    intake: IntakeReport
    build: BuildReport
    gate: GateReport
    edition: Edition


def run(settings: Settings, period: Period, approved_by: str | None = None) -> Month:
    """Take in, build, check and publish; raises NotPublishedError when the gate holds the month back.

    Raises MonthRefusedError before anything is taken in where the month is not over, or outside the plan.
    """
    refuse_unfinished(period)
    calendar_of(settings).require_known(period)
    taken = intake.take_in(settings)
    with progress.holding(settings, period):
        return Month(
            taken,
            progress.build(settings, period),
            gate.check(settings, period),
            editions.publish(settings, period, approved_by=approved_by),
        )
