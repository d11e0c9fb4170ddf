"""What a place of the ledger can do; the embedded file and the lakehouse each do it in their way."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Protocol

import duckdb

from warehouse.errors import UsageError
from warehouse.ledger.attachment import Attachment
from warehouse.ledger.embedded import EmbeddedFile
from warehouse.ledger.lake import Lake
from warehouse.ledger.preparation import Preparation
from warehouse.settings import Settings

_LAKEHOUSE = "ducklake:"
_KIND = re.compile(r"[\w.-]*")


class Place(Protocol):
    """Where the ledger lies."""

    @property
    def name(self) -> str:
        """The place as people call it; never holds a secret."""

    def exists(self) -> bool:
        """Tell whether a ledger was made there."""

    def writing(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Open it as its only writer; raises LedgerBusyError when it stays held."""

    def upgrading(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Open it as `writing` does, in a way that leads back to what was there before."""

    def preparing(self) -> AbstractContextManager[Preparation]:
        """Open it for one intake of this home, which writes in its turn among other machines."""

    def sharing(self) -> AbstractContextManager[Attachment]:
        """Keep one state of it readable for the time of the block, beside other readers."""

    def reading(self, attachment: Attachment) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Open that state read-only, inside a block that shares it."""


def place_of(settings: Settings) -> Place:
    """Return the place that the settings name: `ducklake:…`, or the file in the home.

    Raises UsageError where they name neither.
    """
    if not settings.ledger:
        return EmbeddedFile(settings)
    if not settings.ledger.startswith(_LAKEHOUSE):
        # No more of it than its kind: what stands behind may be a secret.
        kind = _KIND.match(settings.ledger)
        raise UsageError(
            f"{kind[0] if kind else ''!r} is no place for a ledger: name a lakehouse by its catalog, "
            "ducklake:postgres:… or ducklake:sqlite:…, or the file in the home (`--to file`, or "
            "MINSHENG_LEDGER left empty)"
        )
    return Lake(settings)
