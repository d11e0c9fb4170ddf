"""Intake: from the departments' inboxes to the ledger, and back to them with receipts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.intake.rebuilding import rebuild
    from warehouse.intake.report import IntakeReport
    from warehouse.intake.taking_in import take_in

__all__ = ["IntakeReport", "rebuild", "take_in"]

_MODULES = {"IntakeReport": "report", "rebuild": "rebuilding", "take_in": "taking_in"}


def __getattr__(name: str) -> Any:
    """Load what is asked for: the child process that opens workbooks starts without the rest of intake."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
