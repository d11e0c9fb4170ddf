"""`minsheng backup` and `minsheng restore`: the whole home as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from warehouse import backup as backups
from warehouse.backup.whole import Whole
from warehouse.cli.options import Call, with_call, with_call_anywhere
from warehouse.logs import log_to_home

_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command()
@with_call
@_file
def backup(call: Call, file: Path) -> None:
    """Write the whole home to a new FILE, and prove it by restoring it once beside."""
    made = backups.backup(call.settings, file.resolve())
    left = "".join(f"\n  left out, no file or folder that may be read: {name}" for name in made.left)
    text = f"{made.file}: {made.size_bytes} bytes, SHA-256 {made.sha256}; {_holds(made.holds)}{left}"
    call.answer(made, text)


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
    call.answer(made, f"{made.home} is as it was on {made.holds.made_at}: {_holds(made.holds)}")


def _holds(whole: Whole) -> str:
    return (
        f"{whole.files} files, {whole.submissions} submissions and {whole.editions} editions, "
        "and the chain holds"
    )
