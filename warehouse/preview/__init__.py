"""The preview: the open month's candidate, kept in step with the ledger and never published."""

from warehouse.preview.knowledge import Knowledge, known
from warehouse.preview.refresh import open_month, refresh

__all__ = ["Knowledge", "known", "open_month", "refresh"]
