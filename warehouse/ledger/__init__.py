"""The ledger: the DuckDB file that remembers what was received, decided and promised."""

from warehouse.ledger.connection import reading, reading_held, sharing, writing

__all__ = ["reading", "reading_held", "sharing", "writing"]
