"""`minsheng ingest` and `minsheng intake-audit`: take files in, or only try to."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path

import click

from warehouse import intake
from warehouse.cli.options import Call, with_call, with_call_anywhere
from warehouse.cli.wording import counted
from warehouse.errors import UsageError
from warehouse.intake import IntakeReport
from warehouse.intake.audit import Audited, Sender, audit
from warehouse.intake.report import RowCounts


@click.command()
@with_call
def ingest(call: Call) -> None:
    """Take in all that lies in the inboxes, once, and write the receipts."""
    report = intake.take_in(call.settings)
    call.answer(asdict(report) | {"totals": report.totals}, _text(report))


@click.command("intake-audit")
@with_call_anywhere
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--seconds", default=180.0, show_default=True, help="How long one file may take.")
@click.option("--as-organization", default="", metavar="CODE", help="Whose files they are said to be.")
@click.option(
    "--headings",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file with heading,column: which column of a submission each further heading means.",
)
def intake_audit(
    call: Call, folder: Path, seconds: float, as_organization: str, headings: Path | None
) -> int:
    """Try intake on every CSV and spreadsheet file under FOLDER, in a home of its own.

    Files of others reach the rules, the ledger and the receipts as those of an organization of the plan, with
    their own headings, for example `Month,period`.

    Says of each whether it was loaded, refused, crashed, timed_out or unaccounted; the last three are faults
    of intake, and give exit status 1.
    """
    sender = Sender(as_organization, _headings(headings) if headings else {})
    audited = list(audit(call.settings, folder, seconds, sender))
    totals: Counter[str] = Counter(one.outcome for one in audited)
    call.answer({"files": [asdict(one) for one in audited], "totals": totals}, _audit_text(audited, totals))
    return int(any(one.is_fault for one in audited))


def _headings(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if not rows or not {"heading", "column"} <= rows[0].keys():
        raise UsageError(
            _("{path} needs the columns heading and column, and a row for each heading").format(path=path)
        )
    return {row["heading"]: row["column"] for row in rows}


def _audit_text(audited: list[Audited], totals: Counter[str]) -> str:
    lines = [
        f"{one.outcome}  {one.file}  {_rows(one.rows)}  {one.seconds:.1f} s  {one.reason}".rstrip()
        for one in audited
    ]
    files = counted("{} file", "{} files", len(audited))
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(totals.items()))
    return "\n".join([*lines, f"{files}: {outcomes}" if audited else files])


def _text(report: IntakeReport) -> str:
    statuses = {
        "accepted": click.style(_("accepted"), "green"),
        "accepted_in_part": click.style(_("accepted in part"), "yellow"),
        "refused": click.style(_("refused"), "red"),
        "duplicate": click.style(_("duplicate"), "cyan"),
    }
    lines = [
        f"{one.organization_code}  {one.file_name}  {statuses[one.status]}  {_rows(one.rows)}"
        for one in report.submissions
    ]
    lines += [
        _("{organization}  {file}  left: {reason}").format(
            organization=one.organization_code, file=one.file_name, reason=one.reason
        )
        for one in report.left
    ]
    totals = report.totals
    lines.append(
        _(
            "{files}: {files_accepted} accepted, {files_accepted_in_part} in part, {files_refused} refused, "
            "{files_duplicate} duplicate; {rows}: {rows_accepted} accepted, {rows_warned} with a warning, "
            "{rows_refused} refused, {rows_blank} blank, {rows_non_data} non-data"
        ).format_map(
            totals
            | {
                "files": counted("{} file", "{} files", totals["files"]),
                "rows": counted("{} row", "{} rows", totals["rows_read"]),
            }
        )
    )
    return "\n".join(lines)


def _rows(rows: RowCounts) -> str:
    """Return how many rows a file had, and what became of them where there are such."""
    counts = {
        _("accepted"): rows.accepted,
        _("with a warning"): rows.warned,
        _("refused"): rows.refused,
        _("blank"): rows.blank,
        _("non-data"): rows.non_data,
    }
    read = counted("{} row", "{} rows", rows.read)
    return ", ".join([read, *(f"{count} {name}" for name, count in counts.items() if count)])
