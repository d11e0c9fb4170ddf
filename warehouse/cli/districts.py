"""`minsheng districts`: whether the list of districts holds, and a home for each district in it."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from warehouse.cli.help import Commands
from warehouse.cli.home import made_home
from warehouse.cli.options import Call, with_call_anywhere, with_common_options
from warehouse.cli.wording import counted
from warehouse.districts import Listing, read, require_listing
from warehouse.districts.check import Checked
from warehouse.districts.check import check as check_listing
from warehouse.districts.homes import initialise as make_homes
from warehouse.errors import MinshengError

_file_argument = click.argument(
    "file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, dir_okay=False)
)


@click.group(cls=Commands)
@with_common_options
def districts() -> None:
    """Work on the list of districts that MINSHENG_DISTRICTS names."""


@districts.command()
@with_call_anywhere
@_file_argument
def check(call: Call, file: Path | None) -> None:
    """Check the list, its plans and homes; exit status 1 where there is a fault, each with its line."""
    checked = check_listing(_listing(file))
    call.answer(checked, "\n".join([*map(str, checked.faults), _summary(checked)]))
    if checked.faults:
        faults = counted("{} fault", "{} faults", len(checked.faults))
        raise MinshengError(
            _("{faults} in {file}: mend the lines named above").format(faults=faults, file=checked.file)
        )


@districts.command("init")
@with_call_anywhere
@_file_argument
def initialise(call: Call, file: Path | None) -> None:
    """Make the home of each district and load its plan; one at fault is left out, and the others are made."""
    made = make_homes(listing := _listing(file))
    call.answer(made, "\n".join([*map(made_home, made.homes), *map(str, made.faults)]))
    if made.faults:
        homes = counted("{} home is made", "{} homes are made", len(made.homes))
        raise MinshengError(
            _("{homes}; mend the lines of {file} named above for the others").format(
                homes=homes, file=listing.file
            )
        )


def _listing(file: Path | None) -> Listing:
    return read(file.resolve()) if file else require_listing()


def _summary(checked: Checked) -> str:
    districts = counted("{} district", "{} districts", len(checked.districts))
    return _("{districts} without a fault: {codes}").format(
        districts=districts, codes=", ".join(checked.districts) or _("none")
    )
