"""`minsheng verify`: ledger, archive and editions held against each other."""

from __future__ import annotations

from gettext import gettext as _

import click

from warehouse import verification
from warehouse.cli.options import Call, with_call
from warehouse.cli.wording import counted


@click.command()
@with_call
def verify(call: Call) -> None:
    """Check every record, row, archived file and edition of the home."""
    found = verification.verify(call.settings)
    text = _("All is as it was recorded: {submissions} in {batches}, {files}, {editions}").format(
        submissions=counted("{} submission", "{} submissions", found.submissions),
        batches=counted("{} batch", "{} batches", found.batches),
        files=counted("{} archived file", "{} archived files", found.archived_files),
        editions=counted("{} edition", "{} editions", found.editions),
    )
    call.answer(found, text)
