"""`minsheng check`: run the quality gate on a month's candidate."""

from __future__ import annotations

import click

from warehouse import gate
from warehouse.cli.options import Call, period_option, with_call
from warehouse.errors import NotPublishedError
from warehouse.periods import Period


@click.command()
@with_call
@period_option
def check(call: Call, period: Period) -> None:
    """Audit the month's candidate; ends with status 3 when the gate blocks it."""
    report = gate.check(call.settings, period)
    lines = [f"{period}: {report.verdict}, {len(report.results)} expectations"]
    lines += [
        f"  {one.outcome} [{one.severity}] {one.said}" for one in report.results if one.outcome != "passed"
    ]
    call.answer(report, "\n".join(lines))
    if report.verdict == "blocked":
        raise NotPublishedError(
            f"The gate blocks {period}: {'; '.join(one.said for one in report.held_back_by[:3])}; "
            f"all of it is in {call.settings.candidate / str(period)}/quality.html"
        )
