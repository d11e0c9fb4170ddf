"""Shows in Airflow's UI which entries of the list of districts are refused: as an import error of this file.

It has no DAG. The districts that are not refused have theirs, from the other files.
"""

from __future__ import annotations

from warehouse.districts import installed
from warehouse.errors import MinshengError

if (listing := installed()) and listing.faults:
    raise MinshengError("\n".join(map(str, listing.faults)))
