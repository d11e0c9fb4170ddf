"""The report: a month at a glance, and each department's own page, made from one month's results."""

from warehouse.snapshot.report.pages import REPORT_PAGE, write

__all__ = ["REPORT_PAGE", "write"]
