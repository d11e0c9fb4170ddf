"""A receipt: what became of one delivered file, down to the row, and what is still due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from warehouse.intake.report import RowCounts
from warehouse.published import Head

_MOST_BYTES = 210
_UNREAD = "0" * 12

STATUS_ZH = {
    "accepted": "已接收",
    "accepted_in_part": "部分接收",
    "refused": "未接收",
    "duplicate": "重复报送（此前已收到相同文件，未重复计入）",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, where, and what to do about it."""

    sheet: str
    row: int | None
    column: str | None
    text: str | None
    rule: str
    reason_zh: str
    reason_en: str
    fix_zh: str


@dataclass(frozen=True)
class Missing:
    """A figure that the department still owes for a month."""

    period: str
    indicator_code: str
    indicator_name: str
    area_code: str
    area_name: str
    deadline: str


@dataclass(frozen=True)
class Receipt:
    """The answer to one file, as it is written for programs."""

    submission_id: str
    file_name: str
    sha256: str
    organization_code: str
    received_at: str
    """Of the arrival, with its zone."""
    status: str
    rows: RowCounts
    refusals: list[Finding]
    warnings: list[Finding]
    missing: list[Missing]
    chain_head: Head | None
    """The last publication when the receipt was written: its manifest's hash proves all before it."""

    def as_json(self) -> dict[str, Any]:
        """Return what the receipt for programs holds."""
        lists = {
            name: [vars(one) for one in getattr(self, name)] for name in ("refusals", "warnings", "missing")
        }
        head = vars(self.chain_head) if self.chain_head else None
        return vars(self) | {"rows": vars(self.rows), "chain_head": head} | lists

    @property
    def stem(self) -> str:
        """The receipt's file name without its ending: short enough for any file system, and harmless."""
        name = self.file_name.replace("/", "\ufffd")
        while len(name.encode()) > _MOST_BYTES:
            name = name[:-1]
        _, _, time = self.submission_id.partition("-")
        return f"{name}.{self.sha256[:12] or _UNREAD}.receipt{time and f'-{time}'}"
