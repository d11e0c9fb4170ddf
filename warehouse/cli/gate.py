"""`minsheng check`: run the quality gate on a month's candidate."""

from __future__ import annotations

from gettext import gettext as _

import click

from warehouse import gate
from warehouse.cli.options import Call, period_option, with_call
from warehouse.cli.wording import counted, verdict
from warehouse.errors import NotPublishedError
from warehouse.periods import Period


@click.command()
@with_call
@period_option
def check(call: Call, period: Period) -> None:
    """Audit the month's candidate; ends with status 3 when the gate blocks it."""
    report = gate.check(call.settings, period)
    expectations = counted("{} expectation", "{} expectations", len(report.results))
    lines = [f"{period}: {verdict(report.verdict)}, {expectations}"]
    lines += [
        f"  {one.outcome} [{one.severity}] {one.said}" for one in report.results if one.outcome != "passed"
    ]
    call.answer(report, "\n".join(lines))
    if report.verdict == "blocked":
        raise NotPublishedError(
            _("The gate blocks {period}: {causes}; all of it is in {page}").format(
                period=period,
                causes="; ".join(one.said for one in report.held_back_by[:3]),
                page=call.settings.candidate / str(period) / "quality.html",
            )
        )
