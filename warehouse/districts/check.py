"""Checking a list of districts whole: each plan is read, each home asked whose it is. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from warehouse import ledger, plan
from warehouse.districts.district import District
from warehouse.districts.listing import Fault, Listing
from warehouse.errors import MinshengError
from warehouse.notifications import settings as notifications
from warehouse.plan.shapes import ORGANIZATIONS
from warehouse.settings import Settings

_PATIENCE = 30.0
"""Seconds for whoever writes the ledger: an intake takes less."""


@dataclass(frozen=True)
class Checked:
    """A list with all its faults, by line, and the districts that have none."""

    file: str
    districts: list[str]
    """By their codes, in the list's order."""
    faults: list[Fault]


def check(listing: Listing) -> Checked:
    """Find every fault of a list, of its plans, and of the homes that are there already."""
    found = [*listing.faults]
    for district in listing.districts:
        for key, reason in _faults(district):
            line = district.lines.get(key, district.lines["code"])
            found.append(
                Fault(str(listing.file), line, f"`{key}` of {district.code}: {reason}", district.code)
            )
    at_fault = {fault.district for fault in found}
    whole = [one.code for one in listing.districts if one.code not in at_fault]
    return Checked(str(listing.file), whole, sorted(found, key=lambda fault: fault.line))


def _faults(district: District) -> Iterator[tuple[str, str]]:
    """Return the key and the reason of each fault of one district."""
    settings = district.settings(lock_seconds=_PATIENCE)
    try:
        checked = plan.examine(settings.plan)
    except MinshengError as error:
        yield "plan", str(error)
        return
    if checked.faults:
        yield "plan", f"it has {len(checked.faults)} faults, the first is {checked.faults[0]}"
        return
    if (other := _plan_of_home(settings)) not in (None, checked.plan.setting("plan_code")):
        yield "home", f"{settings.home} is the home of another plan: {other}"
    codes = {row.text_as_written("organization_code") for row in checked.plan.of(ORGANIZATIONS)}
    if (office := district.own.get("inspection_office")) and office not in codes:
        yield "inspection_office", f"the plan has no organization {office}"
    try:
        notifications.load(settings)
    except MinshengError as error:
        yield "notices", str(error)


def _plan_of_home(settings: Settings) -> str | None:
    """Return the code of the plan that a home was made for; None where there is no home yet."""
    if not (settings.ledger_file.exists() or (settings.ledger and settings.archive.exists())):
        return None
    with ledger.reading(settings) as connection:
        return plan.code_in_force(connection)
