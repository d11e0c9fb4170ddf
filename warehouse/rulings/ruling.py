"""A ruling as it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warehouse.periods import Period


@dataclass(frozen=True)
class Decision:
    """What a person decides: one of the verdicts of the kind, with name and reason."""

    verdict: str
    decided_by: str
    note: str
    period: Period | None = None
    """The month from which it holds, where the kind asks for one."""
    until: date | None = None
    """The day until which it allows something, where it sets one."""


@dataclass(frozen=True)
class Ruling:
    """Who decided what about which key, when and why."""

    ruling_id: str
    kind: str
    key: str
    verdict: str
    decided_by: str
    note: str
    decided_at: str
    period: str = ""
    """The month from which it holds, YYYY-MM; empty where it holds for all that its key names."""
    until_day: str = ""
    """The day until which it allows something, YYYY-MM-DD; empty where it sets none."""
