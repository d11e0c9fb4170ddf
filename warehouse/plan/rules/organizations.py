"""Rules of the organizations: one name, in every spelling, is one organization's."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import ORGANIZATIONS


def _aliases(organization: Row) -> list[str]:
    aliases = organization.text("aliases")
    return aliases.split(";") if aliases else []


@whole
def name_claimed_twice(plan: Plan) -> Iterator[PlaceFinding]:
    """A name or alias stands for one organization, and stands once."""
    claimed: dict[str, Row] = {}
    for organization in plan.of(ORGANIZATIONS):
        names = [("name_zh", organization.text("name_zh"))]
        names += [("aliases", alias) for alias in _aliases(organization)]
        for column, name in names:
            if name in claimed:
                yield (
                    organization,
                    column,
                    f"{name} is a name of {claimed[name].text('organization_code')} already",
                )
            elif name:
                claimed[name] = organization


@each(ORGANIZATIONS)
def malformed_aliases(organization: Row, _plan: Plan) -> Iterator[Finding]:
    """Aliases are joined by a plain semicolon, none is empty and none has blanks around it."""
    aliases = organization.text("aliases")
    if "；" in aliases:
        yield "aliases", f"{aliases!r} holds the full-width ；: join aliases by the plain ;"
    elif any(not alias or alias != alias.strip() for alias in _aliases(organization)):
        yield "aliases", f"{aliases!r} holds an empty alias or blanks around one"
