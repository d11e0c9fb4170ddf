"""`minsheng decide`: a person's decision as a record."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import click

from warehouse import rulings
from warehouse.cli.options import Call, DayType, PeriodType, with_call


@click.command()
@with_call
@click.argument("kind")
@click.argument("key")
@click.argument("verdict")
@click.option("--by", "decided_by", required=True, metavar="NAME", help="Who decides.")
@click.option("--note", required=True, metavar="TEXT", help="The reason.")
@click.option("--period", type=PeriodType(), help="The month from which a decision on an item holds.")
@click.option("--until", type=DayType(), help="The day of an extension.")
def decide(call: Call, kind: str, key: str, **decision: Any) -> None:
    """Decide what no rule can know, on a series or on an item of supervision.

    `decide cumulative INDICATOR/AREA/YEAR`: totals, months. `decide supervision ITEM --period YYYY-MM`:
    verified, extended, escalated, closed.
    """
    decided = rulings.Decision(**decision)
    ruling = rulings.rule(call.settings, kind, key, decided)
    text = _("{kind} {key}: {verdict}, decided by {name}").format(
        kind=ruling.kind, key=ruling.key, verdict=ruling.verdict, name=ruling.decided_by
    )
    call.answer(ruling, text)
