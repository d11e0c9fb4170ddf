"""`minsheng build`: compute a month's marts into its candidate."""

from __future__ import annotations

from datetime import datetime

import click

from warehouse import progress
from warehouse.cli.options import Call, period_option, with_call
from warehouse.periods import Period


@click.command()
@with_call
@period_option
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use only what was known by the end of this day."
)
@click.option(
    "--plan-of",
    type=click.Choice(["then", "now"]),
    default="then",
    help="Judge a month before the newest edition by the plan of its last edition, or of now.",
)
def build(call: Call, period: Period, as_of: datetime | None, plan_of: str) -> None:
    """Build the month's candidate marts."""
    day = as_of.date() if as_of else None
    report = progress.build(call.settings, period, day, plan_of_now=plan_of == "now")
    marts = ", ".join(f"{model.name} {model.rows}" for model in report.models if model.layer == "marts")
    if as_of is None:  # an earlier day is judged by the plan of that day
        call.tell_of_another_plan(report.plan_version)
    call.answer(report, f"Candidate {period} built from {len(report.submissions)} submissions; rows: {marts}")
