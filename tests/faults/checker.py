"""Holds a home to its promises by what lies in it: archive, ledger, receipts and editions, and nothing else.

It does not use the warehouse's code: what it expects is computed from the archived bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tests.faults.delivered import Delivered
from tests.faults.publications import Publications, sha256_of

Rows = list[tuple[Any, ...]]
Opened = Callable[[], duckdb.DuckDBPyConnection]

_OF_THE_LEDGER = {
    "1: rows are in the ledger twice": """
        select submission_id, sheet, row_number from ledger.observations
        group by all having count(*) > 1""",
    "1: the ledger does not have the rows that a submission says": """
        select submission_id from ledger.submissions as submissions
        where rows_accepted + rows_warned <> (
            select count(*) from ledger.observations as rows
            where rows.submission_id = submissions.submission_id)""",
    "1: a number in the order of arrival was given twice, or left out": """
        select count(*) from ledger.submissions
        having count(distinct sequence) <> count(*) or max(sequence) <> count(*)""",
    "5: a department's rows are under another's name": """
        select rows.submission_id from ledger.observations as rows
        join ledger.submissions as submissions using (submission_id)
        where rows.organization_code <> submissions.organization_code""",
}
_ARRIVED = ("submission_id", "sequence", "organization_code", "file_name", "sha256", "size_bytes")


def ledger_file(home: Path) -> Opened:
    """Return how the embedded ledger of a home is opened."""
    return lambda: duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)


@dataclass
class Checker:
    """Remembers what was delivered and published, and says which promise no longer holds."""

    home: Path
    opened: Opened
    delivered: list[Delivered] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.publications = Publications(self.home / "editions")

    @property
    def published(self) -> dict[str, str]:
        """The hash of each edition's manifest, as it was first seen."""
        return self.publications.seen

    def faults(self) -> list[str]:
        """Return what does not hold once a month was run to its end, each with the promise's number."""
        found = [*self.publications.faults(), *self.publications.faults_at_rest()]
        return self.faults_of_intake() + (found or self._of_the_figures())

    def faults_of_intake(self) -> list[str]:
        """Return what does not hold once an intake came to its end."""
        with self.opened() as ledger:
            accounted = [fault for one in self.delivered for fault in self._accounted_for(ledger, one)]
            found = [said for said, query in _OF_THE_LEDGER.items() if ledger.execute(query).fetchall()]
            found += self._of_the_archive(ledger)
        answered = [fault for one in self.delivered for fault in self._answered(one)]
        return accounted + answered + found + self._of_the_order() + self._of_the_inbox()

    def faults_for_readers(self) -> list[str]:
        """Return what does not hold at this very instant, whatever was just killed."""
        return self.publications.faults()

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
        if one.kind == "unreadable":
            return [] if status == "refused" else [f"6: the bad file {one.sha256[:12]} is {status}"]
        kept = _rows(ledger, "observations", submission_id, "row_number, indicator_code, area_code, value")
        refused = _rows(ledger, "refusals", submission_id, "row_number, text")
        theirs = "5" if one.kind == "foreign" else "1"
        told = f"{submission_id} refused {refused}, its file has {one.refused()}"
        return [
            *([] if kept == one.accepted() else [f"{theirs}: {submission_id} has {kept}"]),
            *([] if refused == one.refused() else [f"2: {told}"]),
        ]

    def _answered(self, one: Delivered) -> list[str]:
        outbox = self.home / "outbox" / one.organization_code
        receipts = list(outbox.glob(f"*.{one.sha256[:12]}.receipt.json"))
        if len(receipts) != 1:
            return [f"2: {one.sha256[:12]} has {len(receipts)} receipts"]
        receipt = json.loads(receipts[0].read_text(encoding="utf-8"))
        if one.kind == "unreadable":
            return [] if receipt["status"] == "refused" else [f"2: the receipt of {one.sha256[:12]} misleads"]
        named = [(refusal["row"], refusal["text"]) for refusal in receipt["refusals"]]
        reasons = all(refusal["reason_zh"] and refusal["column"] for refusal in receipt["refusals"])
        rows = receipt["rows"]
        adds_up = rows["read"] == sum(count for name, count in rows.items() if name != "read")
        whole = named == one.refused() and reasons and adds_up and receipts[0].with_suffix(".xlsx").exists()
        return [] if whole else [f"2: the receipt {receipts[0].name} does not say what became of each row"]

    def _of_the_order(self) -> list[str]:
        """What was delivered later has a later number, whatever the clock said."""
        with self.opened() as ledger:
            known = ledger.execute("select organization_code, sha256, sequence from ledger.submissions")
            numbers = {(code, sha256): number for code, sha256, number in known.fetchall()}
        found = [numbers.get((one.organization_code, one.sha256), 0) for one in self.delivered]
        return [] if found == sorted(found) else [f"1: the files came in another order than {found}"]

    def _of_the_archive(self, ledger: duckdb.DuckDBPyConnection) -> list[str]:
        """Promise 8: bytes and records say all that the ledger knows of arrivals."""
        archive = self.home / "archive"
        altered = [
            path.name
            for path in archive.iterdir()
            if re.fullmatch(r"[0-9a-f]{64}", path.name) and sha256_of(path) != path.name
        ]
        batches = [
            json.loads(path.read_text(encoding="utf-8")) for path in archive.glob("records/*.batch.json")
        ]
        # A batch killed between its record and its commit may be taken in behind another, recorded anew.
        records = sorted(
            (record for batch in batches for record in batch["arrivals"]), key=lambda one: one["sequence"]
        )
        latest = {record["submission_id"]: record for record in records}
        recorded = sorted(tuple(record[name] for name in _ARRIVED) for record in latest.values())
        known = ledger.execute(f"select {', '.join(_ARRIVED)} from ledger.submissions").fetchall()
        return [
            *(f"8: the archive's {name[:12]} has other bytes" for name in altered),
            *(
                []
                if recorded == sorted(known)
                else ["8: the records of arrivals are not what the ledger has"]
            ),
        ]

    def _of_the_inbox(self) -> list[str]:
        left = [path for path in (self.home / "inbox").rglob("*") if path.is_file()]
        claimed = [path for path in (self.home / "archive" / "claimed").rglob("*") if path.is_file()]
        return [f"1: {path.name} was not taken in to its end" for path in left + claimed]

    def _of_the_figures(self) -> list[str]:
        """The newest edition has the value that was delivered last for each area and month, once."""
        last: dict[tuple[str, str, str], Decimal] = {}
        for one in self.delivered:
            last |= one.figures()
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


def _rows(ledger: duckdb.DuckDBPyConnection, table: str, submission_id: str, columns: str) -> Rows:
    return ledger.execute(
        f"select {columns} from ledger.{table} where submission_id = ? order by row_number", [submission_id]
    ).fetchall()
