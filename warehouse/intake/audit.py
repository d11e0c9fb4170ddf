"""An audit of intake on any folder of files: each is taken in for real, and what became of it is checked.

The files go one after the other through an empty home in a child process, so that a crash or a hang is an
outcome like any other. Nothing in the folder is changed, and nothing reaches the ledger in use.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from warehouse import home, ledger
from warehouse.errors import UsageError
from warehouse.intake.headings import also_called
from warehouse.intake.report import RowCounts, Taken
from warehouse.intake.rules import registry
from warehouse.intake.taking_in import take_in
from warehouse.logs import keep_quiet
from warehouse.settings import Settings

Outcome = Literal["loaded", "refused", "crashed", "timed_out", "unaccounted"]
Answer = tuple[Outcome, str, dict[str, int]]
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
_TO_START = 60.0
_START = "spawn"
_READY = "ready"


@dataclass(frozen=True)
class Audited:
    """What became of one file: `reason` names the rule, the error, or what does not add up."""

    file: str
    outcome: Outcome
    reason: str
    rows: RowCounts
    seconds: float

    @property
    def is_fault(self) -> bool:
        """Whether intake is to blame: a file may be refused, but never lost and never fatal."""
        return self.outcome in ("crashed", "timed_out", "unaccounted")


@dataclass(frozen=True)
class Sender:
    """Whose files they are said to be (the plan's first organization if empty), and what headings mean."""

    organization_code: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    """The column of the contract that each heading is read as, besides those that it knows."""


def audit(
    settings: Settings,
    folder: Path,
    most_seconds: float,
    sender: Sender = Sender(),
) -> Iterator[Audited]:
    """Yield the outcome of every CSV and spreadsheet file under the folder, as the plan judges it.

    Raises UsageError where the plan has no such organization, or a heading is to mean no column.
    """
    child: _Child | None = None
    try:
        for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in _TABLES):
            if path.is_symlink() or not path.is_file():
                continue
            child = child or _Child(settings, sender)
            begun = time.monotonic()
            outcome, reason, counts = child.ask(path, most_seconds)
            if outcome in ("crashed", "timed_out"):
                child.end()
                child = None
            seconds = round(time.monotonic() - begun, 3)
            yield Audited(str(path.relative_to(folder)), outcome, reason, RowCounts(**counts), seconds)
    finally:
        if child:
            child.end()


class _Child:
    """The process that takes files in, with a home of its own."""

    def __init__(self, settings: Settings, sender: Sender) -> None:
        self._folder = Path(tempfile.mkdtemp())
        here, there = multiprocessing.Pipe()
        context: Any = multiprocessing.get_context(_START)
        own = settings.model_copy(update={"home": self._folder, "stable_seconds": 0})
        self._process = context.Process(target=_serve, args=(there, own, sender))
        self._process.start()
        there.close()
        self._answers = here
        said = here.recv() if here.poll(_TO_START) else "The audit's own process did not start"
        if said != _READY:
            self.end()
            raise UsageError(said)

    def ask(self, path: Path, most_seconds: float) -> Answer:
        """Return what became of the file."""
        try:
            self._answers.send(path)
            if not self._answers.poll(most_seconds):
                return "timed_out", f"more than {most_seconds:g} seconds", {}
            answer: Answer = self._answers.recv()
        except (EOFError, ConnectionError):
            self._process.join()
            return "crashed", f"exit status {self._process.exitcode}", {}
        return answer

    def end(self) -> None:
        """End the process and remove its home."""
        self._process.kill()
        self._process.join()
        self._answers.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _serve(questions: Connection, settings: Settings, sender: Sender) -> None:
    keep_quiet()
    home.initialise(settings)
    inbox = (
        settings.inbox / sender.organization_code
        if sender.organization_code
        else min(settings.inbox.iterdir())
    )
    if not inbox.is_dir():
        questions.send(
            f"The plan has no organization {sender.organization_code}: use a code of organizations.csv"
        )
        return
    try:
        also_called(sender.headings)
    except ValueError as error:
        questions.send(str(error))
        return
    questions.send(_READY)
    with suppress(EOFError):
        for number in count():
            path: Path = questions.recv()
            questions.send(_outcome(settings, inbox / f"{number:08d}{path.suffix}", path))


def _outcome(settings: Settings, place: Path, path: Path) -> Answer:
    shutil.copyfile(path, place)
    try:
        report = take_in(settings)
    except Exception as error:  # noqa: BLE001 - this is what the audit looks for
        return "crashed", f"{type(error).__name__}: {error}"[:300], {}
    if len(report.submissions) != 1:
        return "unaccounted", f"{len(report.submissions)} receipts", {}
    (taken,) = report.submissions
    counts = vars(taken.rows)
    if fault := _fault(settings, taken):
        return "unaccounted", fault, counts
    receipt = json.loads((settings.home / taken.receipt).read_text(encoding="utf-8"))
    if taken.rows.accepted + taken.rows.warned:
        return "loaded", "", counts
    return "refused", receipt["refusals"][0]["rule"], counts


def _fault(settings: Settings, taken: Taken) -> str | None:
    """Return what does not add up between the receipt, the ledger and the archive, or None."""
    receipt: dict[str, Any] = json.loads((settings.home / taken.receipt).read_text(encoding="utf-8"))
    rows = taken.rows
    with ledger.reading(settings) as connection:
        ((kept,),) = connection.execute(
            "select count(*) from ledger.observations where submission_id = $1", [taken.submission_id]
        ).fetchall()
    refusals = receipt["refusals"]
    told = {(one["sheet"], one["row"]) for one in refusals}
    is_whole_file = any(registry()[one["rule"]].of == "file" for one in refusals)
    # Where months are columns, each figure of a row counts as a row.
    has_rows_of_figures = any(one["rule"] == "months_as_columns" for one in receipt["warnings"])
    faults = {
        "rows read are not the sum of their outcomes": rows.read
        != rows.accepted + rows.warned + rows.refused + rows.blank + rows.non_data,
        "the ledger holds other rows than were accepted": kept != rows.accepted + rows.warned,
        "a refused row is not told": not is_whole_file
        and not has_rows_of_figures
        and len(told) != rows.refused,
        "nothing was taken and nothing is told": not kept and not refusals,
        "the archive lacks the file": not (settings.archive / taken.sha256).exists(),
    }
    return next((fault for fault, is_so in faults.items() if is_so), None)
