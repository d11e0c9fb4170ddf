"""`minsheng decide`: a person's decision as a record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from warehouse import rulings
from warehouse.cli.options import Call, PeriodType, with_call


@click.command()
@with_call
@click.argument("kind")
@click.argument("key")
@click.argument("verdict")
@click.option("--by", "decided_by", required=True, metavar="NAME", help="Who decides.")
@click.option("--note", required=True, metavar="TEXT", help="The reason.")
@click.option("--period", type=PeriodType(), help="The month from which a decision on an item holds.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The day of an extension."
)
def decide(call: Call, kind: str, key: str, until: datetime | None, **decision: Any) -> None:
    """Decide what no rule can know, on a series or on an item of supervision.

    `decide cumulative INDICATOR/AREA/YEAR`: totals, months. `decide supervision ITEM --period YYYY-MM`:
    verified, extended, escalated, closed.
    """
    decided = rulings.Decision(**decision, until=until.date() if until else None)
    ruling = rulings.rule(call.settings, kind, key, decided)
    call.answer(ruling, f"{ruling.kind} {ruling.key}: {ruling.verdict}, decided by {ruling.decided_by}")
