"""What cannot be read at all: links, pipes, devices, files beyond any size, and what ended two intakes.

Each is kept unopened, with a receipt.
"""

from __future__ import annotations

import os
import stat

from warehouse.clock import zoned
from warehouse.intake import attempts, receipts
from warehouse.intake.deliveries import Claim
from warehouse.intake.findings import FileFinding
from warehouse.intake.receipts.chain_head import chain_head
from warehouse.intake.receipts.pages import workbook
from warehouse.intake.receipts.receipt import Finding, Receipt
from warehouse.intake.receipts.summary import pages_of
from warehouse.intake.report import RowCounts, Taken
from warehouse.intake.rules import registry
from warehouse.settings import Settings

_MOST_BYTES = 900 * 1000 * 1000
_KINDS = {
    stat.S_IFLNK: "链接",
    stat.S_IFIFO: "管道",
    stat.S_IFSOCK: "套接字",
    stat.S_IFBLK: "设备",
    stat.S_IFCHR: "设备",
}


def obstacle(claim: Claim) -> FileFinding | None:
    """Return why a claimed entry cannot even be opened, or None where it can."""
    state = claim.path.lstat()
    if not stat.S_ISREG(state.st_mode):
        return FileFinding(
            "not_a_file", text=claim.file_name, actual=_KINDS.get(stat.S_IFMT(state.st_mode), "文件夹")
        )
    if not os.access(claim.path, os.R_OK):
        return FileFinding("no_right_to_read", text=claim.file_name)
    if state.st_size > _MOST_BYTES:
        return FileFinding("file_too_large", actual=str(state.st_size), expected=str(_MOST_BYTES))
    if attempts.is_barred(claim.path, "read"):
        return FileFinding("ends_intake", text=claim.file_name)
    return None


def refuse(settings: Settings, claim: Claim, finding: FileFinding) -> Taken:
    """Write the receipt of an entry that was not opened, and so has neither hash nor identity."""
    words = registry()[finding.rule].worded(
        text=finding.text, actual=finding.actual, expected=finding.expected
    )
    told = Finding(sheet="", row=None, column=None, text=finding.text, rule=finding.rule, **words)
    receipt = Receipt(
        submission_id="",
        file_name=claim.file_name,
        sha256="",
        organization_code=claim.organization_code,
        received_at=zoned(claim.received_at).isoformat(),
        status="refused",
        rows=RowCounts(),
        refusals=[told],
        warnings=[],
        missing=[],
        chain_head=chain_head(settings),
    )
    return receipts.answer(settings, receipt, workbook(pages_of(receipt)))


def release(settings: Settings, claims: list[Claim]) -> None:
    """Move answered entries out of the claims, as they are."""
    for claim in claims:
        target = settings.archive / "set_aside" / claim.path.relative_to(settings.archive / "claimed")
        target.parent.mkdir(parents=True, exist_ok=True)
        claim.path.rename(target)
