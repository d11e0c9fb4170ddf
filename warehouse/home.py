"""The home folder of one installation: its folders, its ledger, and the plan loaded into it."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse import ledger, plan
from warehouse.logs import logger
from warehouse.settings import Settings

# Bodies outside the district and groups of bodies are named in the plan, but submit nothing.
_SUBMITTERS = (
    "select organization_code from plan.current_organizations where kind not in ('outside', 'group')"
)


@dataclass(frozen=True)
class Home:
    """What `initialise` made or found."""

    home: str
    plan_version: str
    inboxes: int


def initialise(settings: Settings) -> Home:
    """Make the home's folders and ledger and load the plan; a second call loads only a changed plan."""
    with ledger.writing(settings) as connection:
        plan_version = plan.load(connection, settings.plan)
        rows = connection.execute(_SUBMITTERS).fetchall()
    for (organization_code,) in rows:
        for folder in (settings.inbox, settings.outbox):
            (folder / organization_code).mkdir(parents=True, exist_ok=True)
    for folder in (settings.archive, settings.candidate, settings.editions):
        folder.mkdir(parents=True, exist_ok=True)
    logger(__name__).info("initialised", plan_version=plan_version, inboxes=len(rows))
    return Home(str(settings.home), plan_version, len(rows))
