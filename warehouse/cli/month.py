"""`minsheng run`: a month from inbox to edition."""

from __future__ import annotations

from gettext import gettext as _

import click

from warehouse import month
from warehouse.cli.options import Call, period_option, with_call
from warehouse.cli.wording import counted, verdict
from warehouse.periods import Period


@click.command("run")
@with_call
@period_option
@click.option("--approve", "approved_by", metavar="NAME", help="Who answers for what the gate only warns of.")
def run(call: Call, period: Period, approved_by: str | None) -> None:
    """Ingest, build, check and publish."""
    done = month.run(call.settings, period, approved_by)
    text = _("{files} taken in; {submissions} built; gate: {verdict}; published {edition}: {folder}").format(
        files=counted("{} file", "{} files", len(done.intake.submissions)),
        submissions=counted("{} submission", "{} submissions", len(done.build.submissions)),
        verdict=verdict(done.gate.verdict),
        edition=done.edition.name,
        folder=done.edition.folder,
    )
    call.tell_of_another_plan(done.build.plan_version)
    call.answer(done, text)
