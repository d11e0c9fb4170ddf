"""The preview: the open month's candidate, kept in step with the ledger and never published."""

from warehouse.preview.knowledge import Knowledge, known
from warehouse.preview.refresh import refresh

__all__ = ["Knowledge", "known", "refresh"]
