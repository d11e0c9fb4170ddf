"""`minsheng districts`: whether the list of districts holds, and a home for each district in it."""

from __future__ import annotations

from pathlib import Path

import click

from warehouse.cli.options import Call, with_call_anywhere, with_common_options
from warehouse.districts import Listing, read, require_listing
from warehouse.districts.check import Checked
from warehouse.districts.check import check as check_listing
from warehouse.districts.homes import initialise as make_homes
from warehouse.errors import MinshengError

_file_argument = click.argument(
    "file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, dir_okay=False)
)


@click.group()
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
        raise MinshengError(f"{len(checked.faults)} faults in {checked.file}: mend the lines named above")


@districts.command("init")
@with_call_anywhere
@_file_argument
def initialise(call: Call, file: Path | None) -> None:
    """Make the home of each district and load its plan; one at fault is left out, and the others are made."""
    made = make_homes(listing := _listing(file))
    lines = [
        f"Home {one.home}: {one.inboxes} inboxes, plan version {one.plan_version[:12]}" for one in made.homes
    ]
    call.answer(made, "\n".join([*lines, *map(str, made.faults)]))
    if made.faults:
        raise MinshengError(
            f"{len(made.homes)} homes are made; mend the lines of {listing.file} named above for the others"
        )


def _listing(file: Path | None) -> Listing:
    return read(file.resolve()) if file else require_listing()


def _summary(checked: Checked) -> str:
    return f"{len(checked.districts)} districts without a fault: {', '.join(checked.districts) or 'none'}"
