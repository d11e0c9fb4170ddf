"""The plan folder, and what of it the ledger holds."""

from __future__ import annotations

from warehouse import ledger, plan
from warehouse.doctor.registry import Installation, NotApplicable, check, warning
from warehouse.errors import MinshengError

_LOADED = "select plan_version from plan.current_version"
_LOCK_SECONDS = 0.5


@check("see `minsheng plan check`, which names file, line, column and reason")
def plan_faults(installation: Installation) -> str | None:
    """The plan folder has no fault."""
    folder = installation.settings.plan
    try:
        faults = plan.check(folder)
    except MinshengError as error:
        return str(error)
    return f"{folder} has {len(faults)} faults, the first: {faults[0]}" if faults else None


@warning("load the plan with `minsheng init`, or name this home's own by --plan or MINSHENG_PLAN")
def plan_not_loaded(installation: Installation) -> str | None:
    """The plan folder is the plan that the ledger works by."""
    settings = installation.settings
    if settings.ledger or not settings.ledger_file.exists() or not settings.plan.is_dir():
        raise NotApplicable("there is no ledger in a file, or no plan")
    try:
        with ledger.reading(settings.model_copy(update={"lock_seconds": _LOCK_SECONDS})) as connection:
            ((loaded,),) = connection.execute(_LOADED).fetchall()
        found = plan.version_in(settings.plan)
    except MinshengError:
        raise NotApplicable("ledger or plan cannot be read: another check says why") from None
    return None if found == loaded else f"the ledger holds version {loaded[:12]}, the folder {found[:12]}"
