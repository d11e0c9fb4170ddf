"""`minsheng ingest`: take in what lies in the inboxes."""

from __future__ import annotations

from dataclasses import asdict

import click

from warehouse import intake
from warehouse.cli.options import Call, with_call
from warehouse.intake import IntakeReport


@click.command()
@with_call
def ingest(call: Call) -> None:
    """Take in all that lies in the inboxes, once, and write the receipts."""
    report = intake.take_in(call.settings)
    call.answer(asdict(report) | {"totals": report.totals}, _text(report))


def _text(report: IntakeReport) -> str:
    lines = [
        f"{one.organization_code}  {one.file_name}  {one.status}  "
        + ", ".join(f"{count} {name}" for name, count in asdict(one.rows).items() if count or name == "read")
        for one in report.submissions
    ]
    lines += [f"{one.organization_code}  {one.file_name}  left: {one.reason}" for one in report.left]
    lines.append(
        (
            "{files} files: {files_accepted} accepted, {files_accepted_in_part} in part, "
            "{files_refused} refused, {files_duplicate} duplicate; "
            "{rows_read} rows: {rows_accepted} accepted, {rows_warned} with a warning, "
            "{rows_refused} refused, {rows_blank} blank, {rows_non_data} non-data"
        ).format(**report.totals)
    )
    return "\n".join(lines)
