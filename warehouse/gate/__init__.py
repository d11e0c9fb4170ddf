"""The quality gate: audits the candidate in the database, and says whether the month may be published."""

from warehouse.gate.approval import approve
from warehouse.gate.check import GateReport, check, last_report, report_of
from warehouse.gate.results import Result

__all__ = ["GateReport", "Result", "approve", "check", "last_report", "report_of"]
