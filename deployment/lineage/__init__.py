"""What a task read and wrote, for OpenLineage: the task gives it, and where lineage is on it is described.

Nothing of it is computed where lineage is off, and parsing a DAG imports none of OpenLineage.
"""

from __future__ import annotations

_given: list[object] = []


def give(subject: object) -> None:
    """Keep what a task has made (a report, a candidate, an edition) for the extractor, in this process."""
    _given[:] = [subject]


def given() -> object | None:
    """Return what the task that ends has given, if anything."""
    return _given[0] if _given else None
