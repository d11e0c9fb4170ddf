"""A person's ruling as a record: what no rule can know, decided by name and with a reason."""

from warehouse.rulings.record import Ruling, rule

__all__ = ["Ruling", "rule"]
