"""Which districts this installation has, and to which of them something in Airflow belongs."""

from __future__ import annotations

import os
from pathlib import Path

from warehouse.districts.district import City, District
from warehouse.districts.listing import Listing, read
from warehouse.errors import MinshengError, UsageError

VARIABLE = "MINSHENG_DISTRICTS"


def installed() -> Listing | None:
    """Return the list that `MINSHENG_DISTRICTS` names; None where the installation has one district.

    Raises MinshengError as `read` does.
    """
    file = os.environ.get(VARIABLE)
    return read(Path(file).resolve()) if file else None


def district(code: str) -> District:
    """Return the district with this code, and without a list the only one, whose code is empty.

    Raises MinshengError where the list does not have it, or refuses it.
    """
    listing = installed()
    if listing is None and not code:
        return District()
    for one in listing.districts if listing else []:
        if one.code == code:
            return one
    place = str(listing.file) if listing else f"no list ({VARIABLE} is not set)"
    raise MinshengError(
        f"There is no district {code!r} that can run in {place}: `minsheng districts check` lists them"
    )


def require_listing() -> Listing:
    """Return the list; raises UsageError where the installation has none."""
    listing = installed()
    if listing is None:
        raise UsageError(f"There is no list of districts: set {VARIABLE} to its file")
    return listing


def is_first(one: District) -> bool:
    """Tell whether it is the first district, which cares for what all districts have in common."""
    listing = installed()
    return listing is None or [one.code] == [first.code for first in listing.districts[:1]]


def owner_of(name: str) -> tuple[District, str]:
    """Return whose DAG it is, and its name within the district; raises as `district` does.

    Beside a list of districts, what has no district's code is the city's.
    """
    code, _, within = name.rpartition(".")
    if not code and (listing := installed()) is not None:
        return listing.city or City(), within
    return district(code), within
