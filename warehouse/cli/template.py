"""`minsheng template`: the workbook that a department fills in."""

from __future__ import annotations

from pathlib import Path

import click

from warehouse import templates
from warehouse.cli.options import Call, period_option, with_call
from warehouse.cli.wording import counted
from warehouse.periods import Period


@click.command()
@with_call
@click.option("--organization", required=True, help="The department's code.")
@period_option
@click.option("--output", type=click.Path(path_type=Path), help="Where to write it (default: its outbox).")
def template(call: Call, organization: str, period: Period, output: Path | None) -> None:
    """Write a department's prefilled workbook for a month."""
    written = templates.write(call.settings, organization, period, output)
    call.answer(
        written, f"{written.path}: " + counted("{} row to fill in", "{} rows to fill in", written.rows)
    )
