"""How another program sees the ledger: the words by which dbt and the gate attach it, as of one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attachment:
    """What to attach read-only under the name `warehouse`, and the DuckDB that can do so."""

    path: str
    snapshot: int | None = None
    """The version of a lakehouse that is read; a file has none, its lock holds it still."""
    configuration: Mapping[str, str] = field(default_factory=dict)
    """DuckDB settings of the connection that attaches it."""

    def sql(self) -> str:
        """Return the statement that attaches it."""
        options = "read_only" if self.snapshot is None else f"read_only, snapshot_version {self.snapshot}"
        return f"attach if not exists {quoted(self.path)} as warehouse ({options})"


def quoted(text: str) -> str:
    """Return the text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
