"""What one run of intake did, for whoever called it."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.intake.inbox import Left


@dataclass(frozen=True)
class RowCounts:
    """Every row of a file, accounted for: read is the sum of the others."""

    read: int = 0
    accepted: int = 0
    warned: int = 0
    refused: int = 0
    blank: int = 0
    non_data: int = 0


@dataclass(frozen=True)
class Taken:
    """One file's outcome; `status` is accepted, accepted_in_part, refused or duplicate."""

    organization_code: str
    file_name: str
    submission_id: str
    sha256: str
    status: str
    rows: RowCounts
    receipt: str
    """The JSON receipt, relative to the home."""


@dataclass(frozen=True)
class IntakeReport:
    """All files that were answered, in order of arrival, and what was left lying in the inboxes."""

    submissions: list[Taken]
    left: list[Left]

    @property
    def totals(self) -> dict[str, int]:
        """Return how many files had each outcome, and how many rows."""
        files = {
            f"files_{status}": sum(one.status == status for one in self.submissions)
            for status in ("accepted", "accepted_in_part", "refused", "duplicate")
        }
        fresh = [one.rows for one in self.submissions if one.status != "duplicate"]
        rows = {f"rows_{name}": sum(getattr(one, name) for one in fresh) for name in vars(RowCounts())}
        return {"files": len(self.submissions)} | files | rows
