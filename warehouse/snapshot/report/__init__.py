"""The report: a month at a glance, and each department's own page, made from one month's results."""

from warehouse.snapshot.report.course import MONTHS
from warehouse.snapshot.report.pages import (
    ANCHOR_PAGE,
    BRIEF_PAGE,
    DEPARTMENTS,
    REPORT_PAGE,
    VERIFIER_PAGE,
    Past,
    Proof,
    write,
    write_anchor,
    write_verifier,
)
from warehouse.snapshot.report.pdf import BRIEF_PDF, REPORT_PDF, print_pdf

__all__ = [
    "ANCHOR_PAGE",
    "BRIEF_PAGE",
    "BRIEF_PDF",
    "DEPARTMENTS",
    "MONTHS",
    "REPORT_PAGE",
    "REPORT_PDF",
    "VERIFIER_PAGE",
    "Past",
    "Proof",
    "print_pdf",
    "write",
    "write_anchor",
    "write_verifier",
]
