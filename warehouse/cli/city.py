"""`minsheng city`: the city's view over its districts' published editions."""

from __future__ import annotations

from gettext import gettext as _

import click

from warehouse.city import build as build_city
from warehouse.cli.help import Commands
from warehouse.cli.options import Call, period_option, with_call_anywhere, with_common_options
from warehouse.cli.wording import counted
from warehouse.districts import City, require_listing
from warehouse.periods import Period


@click.group(cls=Commands)
@with_common_options
def city() -> None:
    """Work on the city's editions, which lie in the folder `city` of the home."""


@city.command()
@with_call_anywhere
@period_option
def build(call: Call, period: Period) -> None:
    """Publish the city's edition of a month from the newest editions of the districts."""
    listing = require_listing()
    settings = (listing.city or City()).settings(home=call.settings.home)
    made = build_city(settings, listing, period)
    text = _("{edition} of {districts} ({reason}): {folder}").format(
        edition=made.edition,
        districts=counted("{} district", "{} districts", len(made.districts)),
        reason=made.reason,
        folder=made.folder,
    )
    absent = [
        _("  {district} is not in it: {reason}").format(district=code, reason=reason)
        for code, reason in made.absent.items()
    ]
    call.answer(made, "\n".join([text, *absent]))
