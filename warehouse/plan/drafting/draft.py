"""`plan draft`: a text into a plan folder that `plan check` accepts."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.plan.check import examine
from warehouse.plan.drafting.documents import text_of
from warehouse.plan.drafting.reading import read
from warehouse.plan.drafting.tables import Rows, Tables
from warehouse.plan.folder import Plan
from warehouse.plan.shapes import TABLES, TO_CONFIRM, UNDECIDED

TEXT_FILE = "plan-text.txt"


@dataclass(frozen=True)
class Drafted:
    """A plan folder that was drafted."""

    folder: str
    commitments: int
    organizations: int
    indicators: int
    targets: int
    to_confirm: int
    undecided: int


def draft(document: Path, folder: Path, known: Plan | None) -> Drafted:
    """Draft a plan folder from a document (.txt, .docx, .pdf).

    `known` is a plan whose areas are taken where the text is of the same district. Raises MinshengError where
    the document cannot be read, or the folder is there already and holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise MinshengError(
            f"{folder} is not empty: a draft takes a new folder, so that no work is overwritten"
        )
    text = text_of(document)
    rows = Tables(read(text), known).rows()
    _place(rows, text, folder)
    return Drafted(
        folder=str(folder),
        commitments=len(rows["commitments.csv"]),
        organizations=len(rows["organizations.csv"]),
        indicators=len(rows["indicators.csv"]),
        targets=len(rows["targets.csv"]),
        to_confirm=sum(TO_CONFIRM in row["note_zh"] for row in rows["targets.csv"]),
        undecided=len(rows.get(UNDECIDED.file, [])),
    )


def _place(rows: Rows, text: str, folder: Path) -> None:
    """Write the folder beside, check it, and rename it: it is whole and without fault, or not there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        (scratch / TEXT_FILE).write_text(text, encoding="utf-8", newline="")
        for table in (*TABLES, UNDECIDED):
            if table.file in rows or not table.optional:
                columns = [column.name for column in table.columns if not column.may_be_left_out]
                (scratch / table.file).write_text(_csv(columns, rows.get(table.file, [])), encoding="utf-8")
        if faults := examine(scratch).faults:
            raise MinshengError(
                f"The draft of {folder} has {len(faults)} faults, such as {faults[0]}: report it"
            )
        scratch.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        scratch.rename(folder)
        durable.sync(folder.parent)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _csv(columns: list[str], rows: list[dict[str, str]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
