"""The months of backfills, by the ids that Airflow gives to their runs."""

from __future__ import annotations

import re
from collections.abc import Iterable

_RUN_ID = re.compile(r"backfill__.+__(?P<month>\d{4}-\d{2})__\w+")
"""`backfill__<when it was due>__<month>__<chance>`: Airflow's own, of a DAG that is partitioned by month."""


def before(run_id: str, others: Iterable[str]) -> list[str]:
    """Return the months of those of the other runs that belong to a backfill and come before this run's.

    Each once, the oldest first; none where the run itself belongs to no backfill.
    """
    if (own := _RUN_ID.fullmatch(run_id)) is None:
        return []
    found = filter(None, map(_RUN_ID.fullmatch, others))
    return sorted({one["month"] for one in found if one["month"] < own["month"]})
