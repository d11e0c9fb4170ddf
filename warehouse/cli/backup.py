"""`minsheng backup` and `minsheng restore`: the whole home as one file, and back."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from warehouse import backup as backups
from warehouse.backup.whole import Whole
from warehouse.cli.options import Call, with_call, with_call_anywhere
from warehouse.cli.wording import counted, moment
from warehouse.logs import log_to_home

_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command()
@with_call
@_file
def backup(call: Call, file: Path) -> None:
    """Write the whole home to a new FILE, and prove it by restoring it once beside."""
    made = backups.backup(call.settings, file.resolve())
    lines = [
        _("  left out, no file or folder that may be read: {name}").format(name=name) for name in made.left
    ]
    size = counted("{} byte", "{} bytes", made.size_bytes)
    text = f"{made.file}: {size}, SHA-256 {made.sha256}; {_holds(made.holds)}"
    call.answer(made, "\n".join([text, *lines]))


@click.command()
@with_call_anywhere
@_file
@click.option(
    "--identity",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The private key that opens an encrypted backup.",
)
def restore(call: Call, file: Path, identity: Path | None) -> None:
    """Restore the home from FILE; refuses a home that holds something."""
    if file.exists():
        log_to_home(call.settings)
    made = backups.restore(call.settings, file.resolve(), identity)
    text = _("{home} is as it was on {moment}: {holds}").format(
        home=made.home, moment=moment(made.holds.made_at), holds=_holds(made.holds)
    )
    call.answer(made, text)


def _holds(whole: Whole) -> str:
    files = counted("{} file", "{} files", whole.files)
    submissions = counted("{} submission", "{} submissions", whole.submissions)
    editions = counted("{} edition", "{} editions", whole.editions)
    return _("{files}, {submissions} and {editions}, and the chain holds").format(
        files=files, submissions=submissions, editions=editions
    )
