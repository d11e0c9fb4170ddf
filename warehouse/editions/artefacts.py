"""What an edition holds besides its manifest: each artefact is written once, from the audited candidate."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from warehouse.difference import Difference, Side, difference, side_of
from warehouse.editions.signatures import NAMESPACE
from warehouse.gate.check import QUALITY_PAGE
from warehouse.progress import Candidate
from warehouse.published import MARTS_FILE, Edition
from warehouse.snapshot import exports, report
from warehouse.snapshot.month import district_of, month_of
from warehouse.snapshot.workbook import WORKBOOK, workbook_of

CHANGES_FILE = "changes.json"
_PARQUET = Path(__file__).with_name("parquet.sql")


@dataclass(frozen=True)
class Draft:
    """What an edition is made from: the audited candidate, what its manifest says, and its predecessor."""

    candidate: Candidate
    facts: dict[str, Any]
    replaced: Edition | None
    """The month's newest edition until now; None where it has none."""
    months_before: list[Edition]
    """The newest edition of each month before, by month."""
    browser: str
    """What prints the report to PDF; empty for nothing."""
    absent: dict[str, str] = field(default_factory=dict)
    """Artefacts that the edition goes without, and why: the manifest says it."""

    @property
    def name(self) -> str:
        """What the edition will be called: `2025-03/r2`."""
        return f"{self.facts['period']}/r{self.facts['revision']}"

    @property
    def month_before(self) -> Edition | None:
        """The newest edition of the months before; None where there is none."""
        return self.months_before[-1] if self.months_before else None

    @property
    def compared_with(self) -> Edition | None:
        """The edition that it replaces, or else the newest of the months before; None for the first."""
        return self.replaced or self.month_before

    @property
    def proof(self) -> report.Proof:
        """What the report prints of the chain."""
        return report.Proof(self.facts["marts_sha256"], self.facts["previous"])


def marts(draft: Draft, folder: Path) -> None:
    """Copy the audited database, byte for byte."""
    shutil.copyfile(draft.candidate.marts, folder / MARTS_FILE)


def parquet(draft: Draft, folder: Path) -> None:
    """Write each mart as a Parquet file of the same name, for whoever does not speak DuckDB."""
    write_parquet(folder, draft.name, draft.facts["freshness"])


def write_parquet(folder: Path, edition: str, freshness: dict[str, str | None]) -> None:
    """Write the marts of the database in `folder` into its subfolder `parquet`, each with its freshness."""
    mark = {name: freshness[name] or "" for name in ("known_through", "coverage_pct", "next_deadline")}
    target = folder / "parquet"
    target.mkdir()
    with duckdb.connect(str(folder / MARTS_FILE), read_only=True) as connection:
        connection.execute("set threads = 1")  # one writer, so that the same marts give the same files
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by table_name"
        ).fetchall()
        for (table,) in tables:
            connection.execute(
                _PARQUET.read_text(encoding="utf-8").format(table=table),
                mark | {"edition": edition, "file": str(target / f"{table}.parquet")},
            )


def quality_page(draft: Draft, folder: Path) -> None:
    """Copy the gate's findings as a page for people."""
    shutil.copyfile(draft.candidate.folder / QUALITY_PAGE, folder / QUALITY_PAGE)


def changes(draft: Draft, folder: Path) -> None:
    """Write what changed since the edition before, figure by figure, and why."""
    if draft.compared_with is None:
        return
    found = asdict(_since(draft.compared_with, draft, folder)) | {"freshness": draft.facts["freshness"]}
    content = json.dumps(found, ensure_ascii=False, indent=1, default=str)
    (folder / CHANGES_FILE).write_text(content, encoding="utf-8")


def report_pages(draft: Draft, folder: Path) -> None:
    """Draw the month at a glance and each organization's own page, with what changed since last month."""
    month = month_of(folder / MARTS_FILE)
    report.write(month, draft.name, _past(draft, folder), folder, draft.proof)


def pdfs(draft: Draft, folder: Path) -> None:
    """Print the report and the brief where a Chromium is there to print them."""
    period = draft.facts["period"]
    for page, pdf in ((report.REPORT_PAGE, report.REPORT_PDF), (report.BRIEF_PAGE, report.BRIEF_PDF)):
        reason = report.print_pdf(folder / page, folder / pdf, draft.browser, period)
        if reason is not None:
            draft.absent[pdf] = reason


def _past(draft: Draft, folder: Path) -> report.Past:
    """Return what the report says of earlier months: of the last one what differs, of a year the counts."""
    if draft.month_before is None:
        return report.Past()
    found = asdict(_since(draft.month_before, draft, folder))
    year = draft.months_before[1 - report.MONTHS :]
    standings = {edition.period: district_of(edition.path / MARTS_FILE) for edition in year}
    return report.Past(draft.month_before.name, found["changes"], standings)


def _since(earlier: Edition, draft: Draft, folder: Path) -> Difference:
    submissions = [one["submission_id"] for one in draft.facts["submissions"]]
    here = Side(draft.name, folder / MARTS_FILE, draft.facts["period"], submissions)
    return difference(side_of(earlier), here)


def data_package(draft: Draft, folder: Path) -> None:
    """Describe the Parquet files for programs: tables, columns, keys, hashes."""
    exports.describe_parquet(folder, draft.facts)


def csv_on_the_web(draft: Draft, folder: Path) -> None:
    """Write the progress of every target as described CSV."""
    exports.write_progress(folder, draft.facts)


def workbook(draft: Draft, folder: Path) -> None:
    """Write the ledger (台账) that offices work with."""
    (folder / WORKBOOK).write_bytes(workbook_of(month_of(folder / MARTS_FILE), draft.name))


def verifier(_draft: Draft, folder: Path) -> None:
    """Write the page that checks the edition in a reader's browser."""
    report.write_verifier(NAMESPACE, folder)


# A new artefact is one more function here; each may read what those before it wrote.
ARTEFACTS: tuple[Callable[[Draft, Path], None], ...] = (
    marts,
    parquet,
    quality_page,
    changes,
    report_pages,
    pdfs,
    data_package,
    csv_on_the_web,
    workbook,
    verifier,
)
