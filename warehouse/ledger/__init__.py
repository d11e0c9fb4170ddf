"""The ledger: what was received, decided and promised, in the embedded DuckDB file or in a lakehouse."""

from warehouse.ledger.attachment import Attachment
from warehouse.ledger.connection import preparing, reading, reading_held, sharing, writing
from warehouse.ledger.preparation import Preparation
from warehouse.ledger.schema import STORAGE_VERSION, tables

__all__ = [
    "STORAGE_VERSION",
    "Attachment",
    "Preparation",
    "preparing",
    "reading",
    "reading_held",
    "sharing",
    "tables",
    "writing",
]
