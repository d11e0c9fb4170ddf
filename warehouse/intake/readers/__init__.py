"""Reading a file into sheets of rows of texts, one module a format; the content says which, not the name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.intake.readers.document import Document, Sheet
    from warehouse.intake.readers.opening import names_workbook, opened, uniform_file
    from warehouse.intake.readers.uniform import Uniform
    from warehouse.intake.readers.workbooks import Workbooks

__all__ = ["Document", "Sheet", "Uniform", "Workbooks", "names_workbook", "opened", "uniform_file"]

_MODULES = {
    "Document": "document",
    "Sheet": "document",
    "Uniform": "uniform",
    "Workbooks": "workbooks",
    "names_workbook": "opening",
    "opened": "opening",
    "uniform_file": "opening",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for: the child process that opens workbooks starts without the readers of text."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
