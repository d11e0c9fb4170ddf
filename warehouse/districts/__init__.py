"""The districts of one installation: one by the environment, or those that `MINSHENG_DISTRICTS` lists.

Cheap to import, because Airflow does so each time it reads the DAGs. What opens plans and homes is in
`warehouse.districts.check` and `warehouse.districts.homes`.
"""

from warehouse.districts.district import City, District
from warehouse.districts.installed import VARIABLE, district, installed, is_first, owner_of, require_listing
from warehouse.districts.listing import Fault, Listing, read

__all__ = [
    "VARIABLE",
    "City",
    "District",
    "Fault",
    "Listing",
    "district",
    "installed",
    "is_first",
    "owner_of",
    "read",
    "require_listing",
]
