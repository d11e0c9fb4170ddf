"""`minsheng build`: compute a month's marts into its candidate."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import click

from warehouse import progress
from warehouse.cli.options import Call, DayType, period_option, with_call
from warehouse.cli.wording import counted
from warehouse.obligations import calendar_of
from warehouse.periods import Period


@click.command()
@with_call
@period_option
@click.option("--as-of", type=DayType(), help="Use only what was known by the end of this day.")
@click.option(
    "--plan-of",
    type=click.Choice(["then", "now"]),
    default="then",
    help="Judge a month before the newest edition by the plan of its last edition, or of now.",
)
def build(call: Call, period: Period, as_of: date | None, plan_of: str) -> None:
    """Build the month's candidate marts."""
    if as_of is None:  # an earlier day is judged by the plan of that day
        calendar_of(call.settings).require_known(period)
    report = progress.build(call.settings, period, as_of, plan_of_now=plan_of == "now")
    if as_of is None:
        call.tell_of_another_plan(report.plan_version)
    submissions = counted("{} submission", "{} submissions", len(report.submissions))
    marts = ", ".join(f"{model.name} {model.rows}" for model in report.models if model.layer == "marts")
    text = _("Candidate {period} built from {submissions}; rows: {marts}").format(
        period=period, submissions=submissions, marts=marts
    )
    call.answer(report, text)
