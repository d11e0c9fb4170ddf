"""The archive's records of batches: who sent what, what was decided, and the digest of the record before."""

from warehouse.intake.records.record import (
    BatchRecord,
    Kept,
    make_archive_id,
    recorded_arrivals,
    recorded_batches,
)
from warehouse.intake.records.vouching import require_sound, require_whole
from warehouse.intake.records.write import note_batch, record_batch, record_older_submissions

__all__ = [
    "BatchRecord",
    "Kept",
    "make_archive_id",
    "note_batch",
    "record_batch",
    "record_older_submissions",
    "recorded_arrivals",
    "recorded_batches",
    "require_sound",
    "require_whole",
]
