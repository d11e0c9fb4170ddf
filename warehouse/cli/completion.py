"""`minsheng completion`: what a shell needs to complete commands, options and codes."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from warehouse.cli.options import Call, with_call_anywhere

_SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
_VARIABLE = "_MINSHENG_COMPLETE"
"""Where Click looks for what a shell asks for, by the program's name."""


@click.command()
@with_call_anywhere
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def completion(call: Call, shell: str) -> None:
    """Print the script by which SHELL completes this command line."""
    root = click.get_current_context().find_root()
    script = _SHELLS[shell](root.command, {}, root.info_name or "", _VARIABLE).source()
    call.answer({"shell": shell, "script": script}, script.strip())
