"""Rules of targets that gave way to another: by the plan's own words, or by a later decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from warehouse.plan.folder import Plan, Row
from warehouse.plan.graphs import cycles
from warehouse.plan.kinds import DATE
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import TARGET_REVISIONS


@whole
def succession_cycle(plan: Plan) -> Iterator[PlaceFinding]:
    """No target is superseded, in the end, by itself."""
    successors = {code: [name] for code, row in plan.targets.items() if (name := row.text("superseded_by"))}
    for path in cycles(successors):
        yield plan.targets[path[0]], "superseded_by", f"targets supersede each other: {' → '.join(path)}"


@each(TARGET_REVISIONS)
def revision_without_successor(revision: Row, plan: Plan) -> Iterator[Finding]:
    """A revision says of a target what its superseded_by says."""
    target, successor = plan.targets.get(revision.text("target_code")), revision.text("replaced_by")
    if target is None or not successor:
        return
    if target.is_empty("superseded_by"):
        code = revision.text("target_code")
        yield "target_code", f"{code} has no superseded_by in targets.csv: write {successor} there"
    elif target.text("superseded_by") not in {successor, ""}:
        named = target.text("superseded_by")
        yield "replaced_by", f"{successor} is not what targets.csv says, where superseded_by is {named}"


@each(TARGET_REVISIONS)
def revision_before_issue(revision: Row, plan: Plan) -> Iterator[Finding]:
    """A plan is revised after it was issued."""
    revised, issued = revision.day("revised_on"), DATE.parse(plan.setting("issued_on"))
    if revised and isinstance(issued, date) and revised < issued:
        yield "revised_on", f"{revised} is before {issued}, when the plan was issued"


@whole
def revisions_out_of_order(plan: Plan) -> Iterator[PlaceFinding]:
    """The second revision of a target comes after the first."""
    revisions = {code: row for row in plan.of(TARGET_REVISIONS) if (code := row.text("target_code"))}
    for revision in plan.of(TARGET_REVISIONS):
        later = revisions.get(revision.text("replaced_by"))
        first, second = revision.day("revised_on"), later.day("revised_on") if later else None
        if later and first and second and second <= first and later is not revision:
            code = later.text("target_code")
            yield (
                later,
                "revised_on",
                f"{code} is revised on {second}, not after it came into force on {first}",
            )
