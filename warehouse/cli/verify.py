"""`minsheng verify`: ledger, archive and editions held against each other."""

from __future__ import annotations

import click

from warehouse import verification
from warehouse.cli.options import Call, with_call


@click.command()
@with_call
def verify(call: Call) -> None:
    """Check every record, row, archived file and edition of the home."""
    found = verification.verify(call.settings)
    text = (
        f"{found.submissions} submissions in {found.batches} recorded batches, {found.archived_files} "
        f"archived files and {found.editions} editions are as they were recorded"
    )
    call.answer(found, text)
