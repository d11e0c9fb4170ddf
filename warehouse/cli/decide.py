"""`minsheng decide`: a person's decision as a record."""

from __future__ import annotations

import click

from warehouse import rulings
from warehouse.cli.options import Call, with_call


@click.command()
@with_call
@click.argument("kind")
@click.argument("key")
@click.argument("verdict")
@click.option("--by", "decided_by", required=True, metavar="NAME", help="Who decides.")
@click.option("--note", required=True, metavar="TEXT", help="The reason.")
def decide(call: Call, kind: str, key: str, verdict: str, decided_by: str, note: str) -> None:
    """Decide what no rule can know: `decide cumulative INDICATOR/AREA/YEAR totals` or `months`."""
    ruling = rulings.rule(call.settings, kind, key, verdict, decided_by=decided_by, note=note)
    call.answer(ruling, f"{ruling.kind} {ruling.key}: {ruling.verdict}, decided by {ruling.decided_by}")
