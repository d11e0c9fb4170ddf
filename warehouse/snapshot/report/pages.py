"""The pages of an edition: the district's report, and one for each organization."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.snapshot.month import Month, Row
from warehouse.snapshot.page import page
from warehouse.snapshot.report import rollups, severity
from warehouse.snapshot.report.changes import DIRECTIONS, changes_of
from warehouse.snapshot.report.contents import Card, cards_of
from warehouse.snapshot.report.course import courses_of
from warehouse.snapshot.report.verdict import verdict_of

REPORT_PAGE = "report.html"
BRIEF_PAGE = "brief.html"
DEPARTMENTS = "departments"
ANCHOR_PAGE = "anchor.html"
VERIFIER_PAGE = "verify.html"


@dataclass(frozen=True)
class Proof:
    """What ties an edition to its figures and to the edition published before."""

    marts_sha256: str
    previous: Mapping[str, str] | None
    """`edition` and `manifest_sha256`; None for the first edition."""


@dataclass(frozen=True)
class Past:
    """What earlier editions say beside the month; empty for the very first edition."""

    compared_with: str | None = None
    """The edition of the month before, `2024-12/r1`."""
    found: Sequence[Mapping[str, Any]] = ()
    """What differs from it: for each figure the fields of `warehouse.difference.Change`."""
    standings: Mapping[str, Row] = field(default_factory=dict)
    """How the district stood in the newest edition of each earlier month, by YYYY-MM: `month.district_of`."""


def write(month: Month, edition: str, past: Past, folder: Path, proof: Proof | None = None) -> None:
    """Write `report.html`, `brief.html` and `departments/<code>.html` into the edition's folder.

    `proof` is printed at the end. The same arguments give the same bytes.
    """
    cards = cards_of(month)
    concerned = [row for row in month.scorecards if _is_concerned(row)]
    codes = {row["organization_code"] for row in concerned}
    shared = {"month": month, "edition": edition, "pages": codes, "whole": ""}
    glance = shared | _glance(month, past) | {"proof": proof}
    (folder / BRIEF_PAGE).write_bytes(page("brief.html.j2", **glance | {"whole": REPORT_PAGE}))
    (folder / REPORT_PAGE).write_bytes(page("report.html.j2", **glance, **_report(month, cards)))
    (folder / DEPARTMENTS).mkdir()
    for organization in concerned:
        content = page("department.html.j2", **shared, **_department(month, cards, organization))
        (folder / DEPARTMENTS / f"{organization['organization_code']}.html").write_bytes(content)


def write_anchor(edition: str, head: str, proof: Proof, folder: Path) -> None:
    """Write `anchor.html`: the hash of the edition's manifest, which no file of the manifest can hold."""
    content = page("anchor.html.j2", edition=edition, head=head, proof=proof)
    (folder / ANCHOR_PAGE).write_bytes(content)


def write_verifier(namespace: str, folder: Path) -> None:
    """Write `verify.html`, which checks files of an edition against its manifest in a reader's browser.

    `namespace` is what signatures of editions are made for. The page is the same for every edition.
    """
    (folder / VERIFIER_PAGE).write_bytes(page("verify.html.j2", namespace=namespace))


def _glance(month: Month, past: Past) -> dict[str, Any]:
    """Return what the first screen says, which is all of the brief."""
    (district, *_) = month.standing("district")
    return {
        "district": district,
        "verdict": verdict_of(district),
        "courses": courses_of(month, past.standings),
        "directions": DIRECTIONS.values(),
        "changes": changes_of(month, past.compared_with, past.found),
        "kinds": rollups.kinds_of(month),
        **_concerns(month.figures),
        **_compliance(month),
    }


def _report(month: Month, cards: list[Card]) -> dict[str, Any]:
    areas, reported = rollups.reported_by_subdistrict(month)
    return {
        "commitments": rollups.commitments_of(month),
        "sections": month.standing("section"),
        "leads_standings": month.standing("lead"),
        "scores": {row["organization_code"]: row for row in month.scorecards},
        "subdistricts": [row for row in month.standing("subdistrict") if row["windows"]],
        "reporting_areas": areas,
        "reported_by_area": reported,
        "cards": cards,
    }


def _concerns(figures: list[Row]) -> dict[str, list[Row]]:
    concerned = severity.concerns(figures)
    return {
        "worst": severity.worst(concerned),
        "laggards": severity.lagging(concerned),
        "lost": severity.lost(concerned),
        "silent": severity.silent(concerned),
        "overdue": severity.overdue(figures),
    }


def _compliance(month: Month) -> dict[str, list[Row]]:
    # Who owes nothing may have sent something all the same; that is no month kept in time.
    compliance = [
        row for row in month.compliance if row["period"] == month.period and row["figures_expected"]
    ]
    complete = [row for row in compliance if not row["figures_missing"]]
    return {
        "compliance": sorted(
            compliance,
            key=lambda row: (-row["figures_missing"], -row["figures_late"], row["organization_code"]),
        ),
        "on_time": [row for row in complete if not row["figures_late"]],
        "late": [row for row in complete if row["figures_late"]],
        "incomplete": [row for row in compliance if row["figures_missing"]],
    }


def _department(month: Month, cards: list[Card], organization: Row) -> dict[str, Any]:
    code = organization["organization_code"]
    compliance = [row for row in reversed(month.compliance) if row["organization_code"] == code]
    return {
        "organization": organization,
        "standing": next((row for row in month.standing("lead") if row["code"] == code), None),
        **_concerns([row for row in month.figures if code in row["lead_codes"]]),
        "compliance": compliance,
        "owed": next((row for row in compliance if row["period"] == month.period), None),
        "reported": [card for card in cards if card.figure["reporter_code"] == code],
        "cards": [card for card in cards if code in card.lead_codes],
    }


def _is_concerned(row: Row) -> bool:
    """Say whether an organization leads, shares or reports anything."""
    answers = row["windows"] is not None or row["responsible_windows"] is not None
    return answers or row["figures_expected"] > 0
