"""Holds a home to its promises by what lies in it: archive, ledger, receipts and editions, and nothing else.

It does not use the warehouse's code: what it expects is computed from the archived bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Delivered:
    """One file that a department dropped."""

    organization_code: str
    content: bytes
    is_readable: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def rows(self) -> list[tuple[int, dict[str, str]]]:
        """The file's data rows, each with its number as a person counts it."""
        lines = csv.DictReader(io.StringIO(self.content.decode()))
        return list(enumerate(lines, start=2))

    def good_rows(self) -> list[tuple[int, dict[str, str]]]:
        return [(number, row) for number, row in self.rows() if row["数值"].lstrip("-").isdigit()]

    def bad_rows(self) -> list[tuple[int, dict[str, str]]]:
        return [(number, row) for number, row in self.rows() if not row["数值"].lstrip("-").isdigit()]


@dataclass
class Checker:
    """Remembers what was delivered and published, and says which promise no longer holds."""

    home: Path
    delivered: list[Delivered] = field(default_factory=list)
    published: dict[str, str] = field(default_factory=dict)
    """The hash of each edition's manifest, as it was first seen."""

    def faults(self) -> list[str]:
        """Return what does not hold, as sentences that begin with the promise's number."""
        with duckdb.connect(str(self.home / "warehouse.duckdb"), read_only=True) as ledger:
            found = [
                fault
                for one in self.delivered
                for fault in (*self._accounted_for(ledger, one), *self._answered(one))
            ]
            found += self._of_the_ledger(ledger)
        return found + self._of_the_inbox() + self._of_the_editions() + self._of_the_figures()

    def _accounted_for(self, ledger: duckdb.DuckDBPyConnection, one: Delivered) -> list[str]:
        archived = self.home / "archive" / one.sha256
        if not archived.exists() or archived.read_bytes() != one.content:
            return [f"1: the archive does not have the bytes {one.sha256[:12]}"]
        submissions = ledger.execute(
            "select submission_id, status from ledger.submissions where organization_code = ? and sha256 = ?",
            [one.organization_code, one.sha256],
        ).fetchall()
        if len(submissions) != 1:
            return [f"1: {one.sha256[:12]} is in the ledger {len(submissions)} times"]
        (submission_id, status), *_ = submissions
        if not one.is_readable:
            return [] if status == "refused" else [f"6: the bad file {one.sha256[:12]} is {status}"]
        kept = _rows(ledger, "observations", submission_id, "row_number, indicator_code, area_code, value")
        wanted = [
            (number, row["指标编码"], row["地区编码"], Decimal(row["数值"]))
            for number, row in one.good_rows()
        ]
        refused = _rows(ledger, "refusals", submission_id, "row_number, text")
        told = [(number, row["数值"]) for number, row in one.bad_rows()]
        return [
            *([] if kept == wanted else [f"1: {submission_id} has the rows {kept}, its file {wanted}"]),
            *([] if refused == told else [f"2: {submission_id} refused {refused}, its file has {told}"]),
        ]

    def _answered(self, one: Delivered) -> list[str]:
        receipts = list(
            (self.home / "outbox" / one.organization_code).glob(f"*.{one.sha256[:12]}.receipt.json")
        )
        if len(receipts) != 1:
            return [f"2: {one.sha256[:12]} has {len(receipts)} receipts"]
        receipt = json.loads(receipts[0].read_text(encoding="utf-8"))
        if not one.is_readable:
            return [] if receipt["status"] == "refused" else [f"2: the receipt of {one.sha256[:12]} misleads"]
        named = [(refusal["row"], refusal["text"]) for refusal in receipt["refusals"]]
        told = [(number, row["数值"]) for number, row in one.bad_rows()]
        reasons = all(refusal["reason_zh"] and refusal["column"] for refusal in receipt["refusals"])
        rows = receipt["rows"]
        adds_up = rows["read"] == sum(count for name, count in rows.items() if name != "read")
        whole = named == told and reasons and adds_up and receipts[0].with_suffix(".xlsx").exists()
        return [] if whole else [f"2: the receipt {receipts[0].name} does not say what became of each row"]

    def _of_the_ledger(self, ledger: duckdb.DuckDBPyConnection) -> list[str]:
        questions = {
            "1: rows are in the ledger twice": """
                select submission_id, sheet, row_number from ledger.observations
                group by all having count(*) > 1""",
            "1: the ledger does not have the rows that a submission says": """
                select submission_id from ledger.submissions as submissions
                where rows_accepted + rows_warned <> (
                    select count(*) from ledger.observations as rows
                    where rows.submission_id = submissions.submission_id)""",
            "5: a department's rows are under another's name": """
                select rows.submission_id from ledger.observations as rows
                join ledger.submissions as submissions using (submission_id)
                where rows.organization_code <> submissions.organization_code""",
        }
        return [said for said, question in questions.items() if ledger.execute(question).fetchall()]

    def _of_the_inbox(self) -> list[str]:
        left = [path for path in (self.home / "inbox").rglob("*") if path.is_file()]
        claimed = [path for path in (self.home / "archive" / "claimed").rglob("*") if path.is_file()]
        return [f"1: {path.name} was not taken in to its end" for path in left + claimed]

    def _of_the_editions(self) -> list[str]:
        manifests = {
            f"{path.parent.parent.name}/{path.parent.name}": path
            for path in sorted((self.home / "editions").glob("*/r*/manifest.json"))
        }
        whole = [fault for name, path in manifests.items() for fault in _edition(name, path, manifests)]
        digests = {name: _sha256(path) for name, path in manifests.items()}
        changed = [name for name, digest in self.published.items() if digests.get(name) != digest]
        self.published |= digests
        newest = max(digests, key=lambda name: (name[:7], int(name[9:])))
        current = str((self.home / "editions" / "current").readlink())
        return [
            *whole,
            *(f"3: the edition {name} is no longer what was published" for name in changed),
            *([] if current == newest else [f"4: current is {current}, the newest edition {newest}"]),
        ]

    def _of_the_figures(self) -> list[str]:
        """The newest edition has the value that was delivered last for each area and month, once."""
        last = {
            (row["报告期"], row["指标编码"], row["地区编码"]): Decimal(row["数值"])
            for one in self.delivered
            if one.is_readable
            for _, row in one.good_rows()
        }
        marts = self.home / "editions" / "current" / "minsheng.duckdb"
        with duckdb.connect(str(marts), read_only=True) as edition:
            published = edition.execute(
                "select period, indicator_code, area_code, value from marts.indicator_monthly"
            ).fetchall()
        found = {tuple(key): [row[3] for row in published if row[:3] == key] for key in last}
        return [
            f"1: the edition has {found[key]} for {key}, the archive {value}"
            for key, value in last.items()
            if found[key] != [value]
        ]


def _edition(name: str, path: Path, manifests: dict[str, Path]) -> list[str]:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    files = {str(one.relative_to(path.parent)): one for one in path.parent.rglob("*") if one.is_file()}
    del files[path.name]
    listed = {file: facts["sha256"] for file, facts in manifest["files"].items()}
    before = manifest["previous"]
    holds = before is None or _sha256(manifests[before["edition"]]) == before["manifest_sha256"]
    return [
        *(
            []
            if {file: _sha256(one) for file, one in files.items()} == listed
            else [f"3: {name} is not whole"]
        ),
        *([] if holds else [f"3: the link from {name} to the edition before it is broken"]),
    ]


def _rows(ledger: duckdb.DuckDBPyConnection, table: str, submission_id: str, columns: str) -> Rows:
    return ledger.execute(
        f"select {columns} from ledger.{table} where submission_id = ? order by row_number", [submission_id]
    ).fetchall()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
