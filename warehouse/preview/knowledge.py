"""What a build would use now, and whether a month's last build used all of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse import ledger
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.progress import candidate_of
from warehouse.settings import Settings
from warehouse.version import code_version

_KNOWN = Path(__file__).with_name("known.sql")


@dataclass(frozen=True)
class Knowledge:
    """What makes a build come out as it does: the submissions in order of arrival, the plan, the code."""

    submissions: list[str]
    plan_version: str
    code_version: str

    def build_from_it(self, settings: Settings, period: Period) -> dict[str, Any] | None:
        """Return the facts of the month's last build if it used exactly this, else None."""
        try:
            facts = candidate_of(settings, period).build_facts()
        except MinshengError:
            return None
        used = {name: facts[name] for name in vars(self)}
        return facts if facts["as_of"] is None and used == vars(self) else None


def known(settings: Settings) -> Knowledge:
    """Return what a build would use now."""
    with ledger.reading(settings) as connection:
        ((submissions, plan_version),) = connection.execute(_KNOWN.read_text(encoding="utf-8")).fetchall()
    return Knowledge(submissions, plan_version, code_version())
