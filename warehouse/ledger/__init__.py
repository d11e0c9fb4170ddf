"""The ledger: what was received, decided and promised, in the embedded DuckDB file or in a lakehouse."""

from warehouse.ledger.attachment import Attachment
from warehouse.ledger.connection import (
    preparing,
    reading,
    reading_held,
    sharing,
    upgrading,
    writing,
)
from warehouse.ledger.formats import FORMAT, STORAGE_VERSION, note_writer, tables
from warehouse.ledger.preparation import Preparation

__all__ = [
    "FORMAT",
    "STORAGE_VERSION",
    "Attachment",
    "Preparation",
    "note_writer",
    "preparing",
    "reading",
    "reading_held",
    "sharing",
    "tables",
    "upgrading",
    "writing",
]
