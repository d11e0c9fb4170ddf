"""The pages of an edition: the district's report, and one for each organization."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from warehouse.snapshot.month import Month, Row
from warehouse.snapshot.page import page
from warehouse.snapshot.report.changes import changes_of
from warehouse.snapshot.report.contents import Card, cards_of, lagging, overdue, worst

REPORT_PAGE = "report.html"
DEPARTMENTS = "departments"


def write(
    month: Month, edition: str, compared_with: str | None, found: Iterable[Mapping[str, Any]], folder: Path
) -> None:
    """Write `report.html` and `departments/<code>.html` into the edition's folder.

    `found` is what differs from the edition `compared_with` of the month before, one mapping with the fields
    of `warehouse.editions.difference.Change` for each figure. The same arguments give the same bytes.
    """
    cards = cards_of(month)
    concerned = [row for row in month.scorecards if _is_concerned(row)]
    codes = {row["organization_code"] for row in concerned}
    shared = {"month": month, "edition": edition, "pages": codes}
    report = page(
        "report.html.j2", **shared, **_report(month, cards), changes=changes_of(month, compared_with, found)
    )
    (folder / REPORT_PAGE).write_bytes(report)
    (folder / DEPARTMENTS).mkdir()
    for organization in concerned:
        content = page("department.html.j2", **shared, **_department(month, cards, organization))
        (folder / DEPARTMENTS / f"{organization['organization_code']}.html").write_bytes(content)


def _report(month: Month, cards: list[Card]) -> dict[str, Any]:
    # Who owes nothing may have sent something all the same; that is no month kept in time.
    compliance = [
        row for row in month.compliance if row["period"] == month.period and row["figures_expected"]
    ]
    complete = [row for row in compliance if not row["figures_missing"]]
    laggards = lagging(month.figures)
    return {
        "district": _standing(month, "district")[0],
        "sections": _standing(month, "section"),
        "leads_standings": _standing(month, "lead"),
        "subdistricts": _standing(month, "subdistrict"),
        "laggards": laggards,
        "worst": worst(laggards),
        "overdue": overdue(month.figures),
        "compliance": sorted(
            compliance,
            key=lambda row: (-row["figures_missing"], -row["figures_late"], row["organization_code"]),
        ),
        "on_time": [row for row in complete if not row["figures_late"]],
        "late": [row for row in complete if row["figures_late"]],
        "incomplete": [row for row in compliance if row["figures_missing"]],
        "cards": cards,
    }


def _department(month: Month, cards: list[Card], organization: Row) -> dict[str, Any]:
    code = organization["organization_code"]
    led = [row for row in month.figures if code in row["lead_codes"]]
    return {
        "organization": organization,
        "standing": next((row for row in _standing(month, "lead") if row["code"] == code), None),
        "laggards": lagging(led),
        "overdue": overdue(led),
        "compliance": [row for row in reversed(month.compliance) if row["organization_code"] == code],
        "reported": [card for card in cards if card.figure["reporter_code"] == code],
        "cards": [card for card in cards if code in card.lead_codes],
    }


def _standing(month: Month, scope: str) -> list[Row]:
    return [row for row in month.standings if row["scope"] == scope]


def _is_concerned(row: Row) -> bool:
    """Say whether an organization leads, shares or reports anything."""
    answers = row["windows"] is not None or row["responsible_windows"] is not None
    return answers or row["figures_expected"] > 0
