"""Making the homes of all districts that have no fault."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse import home
from warehouse.districts.check import check
from warehouse.districts.listing import Fault, Listing
from warehouse.home import Home


@dataclass(frozen=True)
class Made:
    """The homes that were made or found, and why the other districts have none."""

    homes: list[Home]
    faults: list[Fault]


def initialise(listing: Listing) -> Made:
    """Make the home of each district and load its plan; a district at fault is left out."""
    checked = check(listing)
    homes = [home.initialise(one.settings()) for one in listing.districts if one.code in checked.districts]
    return Made(homes, checked.faults)
