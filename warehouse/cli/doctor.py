"""`minsheng doctor`: what is wrong with this installation and this home."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from warehouse import doctor as doctors
from warehouse.cli.options import Call, with_call_anywhere
from warehouse.cli.wording import counted
from warehouse.doctor import Diagnosis, Finding, Level


@click.command()
@with_call_anywhere
@click.option(
    "--bundle",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a support bundle (ZIP) to it too.",
)
def doctor(call: Call, bundle: Path | None) -> int:
    """Say what is wrong with this installation and its home, and what to do; changes nothing.

    Ends with 0 where all is well, 1 where something is broken, 3 where something wants attention.
    """
    installation = doctors.Installation(call.settings)
    diagnosis = doctors.examine(installation)
    if bundle is not None:
        doctors.write_bundle(installation, diagnosis, bundle)
    call.answer(diagnosis.as_json(), _text(diagnosis))
    return diagnosis.exit_status


def _text(diagnosis: Diagnosis) -> str:
    wrong = [one for one in diagnosis.findings if one.level in (Level.FAULT, Level.WARNING)]
    counts = diagnosis.counts
    summary = _("{checks} in {seconds} seconds: {counts}").format(
        checks=counted("{} check", "{} checks", len(diagnosis.findings)),
        seconds=diagnosis.seconds,
        counts=", ".join(
            [
                _("{} well").format(counts["ok"]),
                counted("{} warning", "{} warnings", counts["warning"]),
                counted("{} fault", "{} faults", counts["fault"]),
                counted("{} does not apply", "{} do not apply", counts["not_applicable"]),
            ]
        ),
    )
    return "\n".join([*map(_line, wrong), summary])


def _line(one: Finding) -> str:
    return f"{one.level.value.upper():<8}{one.name}: {one.found}\n        {one.todo}"
