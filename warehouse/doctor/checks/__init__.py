"""The checks, one module a group; importing it registers them all."""

from warehouse.doctor.checks import (  # noqa: I001  # the order in which they are told
    installation,
    machine,
    home,
    records,
    plan,
    districts,
    backups,
    notices,
    services,
)

__all__ = [
    "backups",
    "districts",
    "home",
    "installation",
    "machine",
    "notices",
    "plan",
    "records",
    "services",
]
