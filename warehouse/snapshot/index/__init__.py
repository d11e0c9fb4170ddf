"""The index over all editions: where each is, how it stands, and what differs from one to the next."""

from warehouse.snapshot.index.write import INDEX_PAGE, write

__all__ = ["INDEX_PAGE", "write"]
