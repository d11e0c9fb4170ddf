"""The front of the command line: gathers the commands; an error becomes one sentence and a status."""

from __future__ import annotations

import contextlib
import errno
import os
from gettext import gettext as _

import click

from warehouse.cli import signals
from warehouse.cli.backup import backup, restore
from warehouse.cli.city import city
from warehouse.cli.completion import completion
from warehouse.cli.decide import decide
from warehouse.cli.districts import districts
from warehouse.cli.doctor import doctor
from warehouse.cli.editions import group as editions_group
from warehouse.cli.editions import open_report, publish
from warehouse.cli.gate import check
from warehouse.cli.help import Commands, in_language
from warehouse.cli.home import initialise, sample
from warehouse.cli.incidents import group as incidents_group
from warehouse.cli.intake import ingest, intake_audit
from warehouse.cli.keys import keys
from warehouse.cli.ledger import move_ledger, rebuild_ledger
from warehouse.cli.month import run
from warehouse.cli.options import with_common_options
from warehouse.cli.organizations import organizations
from warehouse.cli.plan import plan
from warehouse.cli.progress import build
from warehouse.cli.query import query
from warehouse.cli.remind import remind
from warehouse.cli.retain import retain
from warehouse.cli.status import status
from warehouse.cli.template import template
from warehouse.cli.trace import trace
from warehouse.cli.verify import verify
from warehouse.cli.wording import follow_the_locale
from warehouse.errors import MinshengError
from warehouse.logs import keep_quiet, logger
from warehouse.version import release

_PROGRAM = "minsheng"


@click.group(name=_PROGRAM, cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(release(), prog_name=_PROGRAM, message="%(prog)s %(version)s")
@with_common_options
def commands() -> None:
    """Minsheng: from departments' submissions to audited monthly editions."""


commands.add_command(initialise)
commands.add_command(sample)
commands.add_command(plan)
commands.add_command(ingest)
commands.add_command(intake_audit)
commands.add_command(organizations)
commands.add_command(template)
commands.add_command(build)
commands.add_command(check)
commands.add_command(publish)
commands.add_command(run)
commands.add_command(decide)
commands.add_command(status)
commands.add_command(districts)
commands.add_command(city)
commands.add_command(remind)
commands.add_command(incidents_group)
commands.add_command(editions_group)
commands.add_command(query)
commands.add_command(open_report)
commands.add_command(trace)
commands.add_command(verify)
commands.add_command(doctor)
commands.add_command(completion)
commands.add_command(keys)
commands.add_command(backup)
commands.add_command(restore)
commands.add_command(retain)
commands.add_command(move_ledger)
commands.add_command(rebuild_ledger)


def run_command_line() -> int:
    """Run the command line and return its exit status; never shows a traceback (the log holds it)."""
    keep_quiet()
    follow_the_locale()
    try:
        # By default Click colours what a terminal shows.
        colour = False if os.environ.get("NO_COLOR") else None
        ended_with = in_language(commands)(prog_name=_PROGRAM, standalone_mode=False, color=colour)
    except (Exception, KeyboardInterrupt) as error:
        # Libraries turn an interruption into errors of their own.
        if number := signals.received():
            return signals.ended_by(number)
        return _failed(error)
    return ended_with if isinstance(ended_with, int) else 0


def _failed(error: BaseException) -> int:
    """Say an error in one sentence, and return its exit status."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message())
            return 2
        case MinshengError():
            return _fail(str(error), error.exit_status, error.excerpt)
        case click.ClickException():
            return _fail(_of_usage(error), error.exit_code)
        case click.Abort():
            return _fail(_("No answer was given, so nothing was done: run the command again"), 1)
    return _fail(_unexpected(error), 1)


def _of_usage(error: click.ClickException) -> str:
    """Return what Click found wrong, and whose help tells how it is meant."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else _PROGRAM
    return _("{problem} (see `{command} --help`)").format(problem=error.format_message(), command=command)


def _unexpected(error: BaseException) -> str:
    """Log what nobody foresaw, and return it as a sentence."""
    with contextlib.suppress(OSError):  # a full disk has no room for the log either
        logger(__name__).exception("unexpected error")
    if isinstance(error, OSError) or os.strerror(errno.ENOSPC) in str(error):  # the latter from DuckDB
        return f"{error}: {_what_to_do(error)}, then run this again"
    what = str(error).partition("\n\n")[0]  # what comes after it is DuckDB's stack
    return f"Unexpected {type(error).__name__}: {what} (the home's log has the details)"


def _what_to_do(error: BaseException) -> str:
    """Return what the user must check, from the operating system's error about a file."""
    number = error.errno if isinstance(error, OSError) else errno.ENOSPC
    if number in (errno.ENOSPC, errno.EDQUOT):
        return "see that the disk has room"
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "see that it may be read and written"
    if number == errno.ENOENT:
        return "see that nothing removes it meanwhile"
    return "see the home's log for the place"


def _fail(sentence: str, status: int, excerpt: str = "") -> int:
    """Say on standard error what failed, and below it, line by line, the place in what was given."""
    click.echo("\n".join(filter(None, [f"{_PROGRAM}: {' '.join(sentence.split())}", excerpt])), err=True)
    return status
