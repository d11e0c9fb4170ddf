"""The list of the districts that this installation works for."""

from __future__ import annotations

from pathlib import Path

from warehouse.districts import VARIABLE, read
from warehouse.doctor.registry import Installation, NotApplicable, check
from warehouse.errors import MinshengError


@check("see `minsheng districts check`, which reads the plans and homes too")
def districts_list(installation: Installation) -> str | None:
    """The list of districts has no fault."""
    if not (file := installation.environment.get(VARIABLE)):
        raise NotApplicable(f"{VARIABLE} names no list: this is one district")
    try:
        faults = read(Path(file)).faults
    except MinshengError as error:
        return str(error)
    return f"it has {len(faults)} faults, the first: {faults[0]}" if faults else None
