"""The ledger: the DuckDB file that remembers what was received, decided and promised."""

from warehouse.ledger.connection import reading, sharing, writing

__all__ = ["reading", "sharing", "writing"]
