"""`minsheng city`: the city's view over its districts' published editions."""

from __future__ import annotations

import click

from warehouse.city import build as build_city
from warehouse.cli.options import Call, period_option, with_call_anywhere, with_common_options
from warehouse.districts import City, require_listing
from warehouse.periods import Period


@click.group()
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
    absent = "".join(f"\n  {code} is not in it: {reason}" for code, reason in made.absent.items())
    call.answer(
        made, f"{made.edition} of {len(made.districts)} districts ({made.reason}): {made.folder}{absent}"
    )
