"""A person's ruling as a record: what no rule can know, decided by name and with a reason."""

from warehouse.rulings.record import rule
from warehouse.rulings.ruling import Decision, Ruling

__all__ = ["Decision", "Ruling", "rule"]
