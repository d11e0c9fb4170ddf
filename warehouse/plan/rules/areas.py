"""Rules of the areas: one tree from the plan's district down."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.folder import Plan, Row
from warehouse.plan.graphs import cycles
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import AREAS

_ABOVE = {"subdistrict": "district", "community": "subdistrict"}


@each(AREAS)
def unknown_parent(area: Row, plan: Plan) -> Iterator[Finding]:
    """The area above every subdistrict and community is in the file."""
    level, parent = area.text("level"), area.text("parent_code")
    if level not in _ABOVE:
        return
    if area.is_empty("parent_code"):
        yield "parent_code", f"a {level} lies in a {_ABOVE[level]}: name it"
    elif parent and plan.is_whole(AREAS) and parent not in plan.areas:
        yield "parent_code", f"{parent} is not in areas.csv"


@each(AREAS)
def level_out_of_order(area: Row, plan: Plan) -> Iterator[Finding]:
    """A community lies in a subdistrict, that in a district, and a district in no area of the plan."""
    parent = plan.areas.get(area.text("parent_code"))
    level = area.text("level")
    if parent is None or not level or not parent.text("level"):
        return
    if _ABOVE.get(level) != parent.text("level"):
        above = f"in a {_ABOVE[level]}" if level in _ABOVE else "in no area of the plan"
        yield (
            "parent_code",
            f"{parent.text('area_code')} is a {parent.text('level')}, and a {level} lies {above}",
        )


@each(AREAS)
def code_outside_parent(area: Row, _plan: Plan) -> Iterator[Finding]:
    """A longer official code begins with that of the area above."""
    code, parent = area.text("area_code"), area.text("parent_code")
    if code and parent and len(code) > len(parent) and not code.startswith(parent):
        yield "parent_code", f"{code} does not begin with {parent}, the code of the area above"


@each(AREAS)
def second_district(area: Row, plan: Plan) -> Iterator[Finding]:
    """The plan's own area is the only district."""
    own = plan.setting("area_code")
    if area.text("level") == "district" and own in plan.areas and area.text("area_code") not in {own, ""}:
        yield "level", f"{area.text('area_code')} is a second district beside {own}, the area of the plan"


@whole
def area_cycle(plan: Plan) -> Iterator[PlaceFinding]:
    """No area lies in itself."""
    parents = {code: [row.text("parent_code")] for code, row in plan.areas.items() if row.text("parent_code")}
    for path in cycles(parents):
        yield plan.areas[path[0]], "parent_code", f"the areas lie in each other: {' → '.join(path)}"
