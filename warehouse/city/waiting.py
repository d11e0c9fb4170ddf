"""Which districts the city's month still waits for, until when, and who is told of those that are missing."""

from __future__ import annotations

from warehouse import clock, notifications
from warehouse.city.build import CityEdition
from warehouse.districts import District, Listing
from warehouse.periods import Period
from warehouse.published import newest_of
from warehouse.settings import Settings

CLOSES_ON = 12
"""The day of the following month from which on the city's is published without those who are missing."""
_RUNBOOK = "docs/runbook.md#a-month-of-the-city-is-not-published"


def has_closed(period: Period) -> bool:
    """Tell whether the city waits no longer for the month, in the districts' time."""
    return clock.now().date() >= (period + 1).day(CLOSES_ON)


def unpublished(listing: Listing, period: Period) -> list[District]:
    """Return the districts that have no edition of the month yet, in the list's order."""
    return [one for one in listing.districts if newest_of(one.settings(), str(period)) is None]


def report_missing(settings: Settings, period: Period, edition: CityEdition) -> None:
    """Open the incident of a month that was published without some district, or close it.

    `settings` are the city's own.
    """
    cause = f"city {period}"
    if not edition.absent:
        notifications.close_incident(settings, cause)
        return
    text = "\n".join(f"{code}：{reason}" for code, reason in edition.absent.items())
    title = f"全市 {period} 缺 {len(edition.absent)} 个区"
    notifications.report_incident(settings, cause, title, text, _RUNBOOK)
