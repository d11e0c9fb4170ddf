"""`minsheng keys`: the key that editions are signed with."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from warehouse.cli.options import Call, with_call_anywhere
from warehouse.editions.signatures import NAMESPACE
from warehouse.signing import make_keys


@click.command()
@with_call_anywhere
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", required=True, help="Who signs with it, as others will know it.")
def keys(call: Call, file: Path, name: str) -> None:
    """Make a signing key in FILE, outside the home, and its public half in FILE.pub."""
    made = make_keys(file, name, call.settings.home, NAMESPACE)
    text = _(
        "{private_key} signs editions where MINSHENG_SIGNING_KEY names it; give {public_key} to those who "
        "check them. The line for their allowed_signers:\n{line}"
    ).format(private_key=made.private_key, public_key=made.public_key, line=made.allowed_signers)
    call.answer(made, text)
