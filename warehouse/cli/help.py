"""The help of the command line: whole sentences in its lists, and the language of the locale."""

from __future__ import annotations

from copy import copy
from gettext import gettext as _
from inspect import cleandoc

import click

_WHOLE = 10_000


class Commands(click.Group):
    """A group whose list of commands has the whole first sentence of each."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list, its sentences folded to the width of the terminal."""
        rows = [(name, self.commands[name].get_short_help_str(_WHOLE)) for name in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


def in_language(command: click.Command) -> click.Command:
    """Return a copy of a command, and of those below it, whose help is in the language of the locale."""
    spoken = copy(command)
    spoken.help = command.help and _(cleandoc(command.help))
    spoken.params = [_with_help(parameter) for parameter in command.params]
    if isinstance(spoken, click.Group):
        spoken.commands = {name: in_language(below) for name, below in spoken.commands.items()}
    return spoken


def _with_help(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    spoken = copy(parameter)
    spoken.help = _(parameter.help)
    return spoken
