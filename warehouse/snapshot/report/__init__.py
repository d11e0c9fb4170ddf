"""The report: a month at a glance, and each department's own page, made from one month's results."""

from warehouse.snapshot.report.pages import DEPARTMENTS, REPORT_PAGE, write
from warehouse.snapshot.report.pdf import REPORT_PDF, print_pdf

__all__ = ["DEPARTMENTS", "REPORT_PAGE", "REPORT_PDF", "print_pdf", "write"]
