"""The city's view: an edition of its own over the districts' published editions, never over their ledgers."""

from warehouse.city.build import CityEdition, build
from warehouse.city.waiting import has_closed, report_missing, unpublished

__all__ = ["CityEdition", "build", "has_closed", "report_missing", "unpublished"]
