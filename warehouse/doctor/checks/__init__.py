"""The checks, one module a group; importing it registers them all."""

from warehouse.doctor.checks import installation, machine, home, records, plan, backups, notices, services  # noqa: I001  # the order in which they are told

__all__ = ["backups", "home", "installation", "machine", "notices", "plan", "records", "services"]
