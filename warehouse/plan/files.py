"""The files of a plan folder: each under its own name, a file and not a folder, and in UTF-8."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from warehouse.plan.columns import Table
from warehouse.plan.faults import Fault
from warehouse.plan.folder import Plan, PlanText
from warehouse.plan.shapes import TABLES, UNDECIDED

_KNOWN = {table.file for table in TABLES}
_BESIDE = {UNDECIDED.file}
"""What may lie beside the tables, and is not loaded."""


def content_of_table(folder: Path, table: Table, plan: Plan) -> str | None:
    """Return what a table's file holds; None where it cannot be read, or is optional and not there."""
    path = folder / table.file
    if os.path.lexists(path):
        content = _content(path)
        if isinstance(content, str):
            return content
        plan.cut(table, content)
    elif other := next((entry for entry in _named(folder, ".csv") if _means(entry, table)), None):
        plan.cut(table, _stranger(other))
    elif not table.optional:
        plan.cut(table, Fault(table.file, 0, "", "missing_file", f"the plan needs a file {table.file}"))
    return None


def text_of(folder: Path, plan: Plan) -> PlanText | None:
    """Return the plan's own text; None where it is missing, empty, one of several or cannot be read."""
    named = _named(folder, ".txt")
    files = [path for path in named if path.is_file()] or named
    if not files:
        reason = "the folder holds no .txt: it needs the plan's own text"
        plan.faults.append(Fault("*.txt", 0, "", "missing_text", reason))
    for path in files[1:]:
        reason = (
            f"the folder holds {len(files)} .txt files, {files[0].name} too: only one can be the plan's text"
        )
        plan.faults.append(Fault(path.name, 0, "", "several_texts", reason))
    if len(files) != 1:  # words that are missing from one of several texts may stand in another
        return None
    content = _content(files[0])
    if isinstance(content, Fault):
        plan.faults.append(content)
        return None
    if not content.strip():
        plan.faults.append(Fault(files[0].name, 1, "", "empty_text", "the plan's text is empty"))
        return None
    return PlanText(files[0].name, content)


def strangers(folder: Path) -> Iterator[Fault]:
    """Yield a fault for every .csv whose name is not that of a table."""
    for path in _named(folder, ".csv"):
        if path.name not in _KNOWN | _BESIDE:
            yield _stranger(path)


def _content(path: Path) -> str | Fault:
    """Return the text of a file, or the fault for which it cannot be read."""
    if not path.is_file():
        what = "a folder" if path.is_dir() else "a link that leads nowhere, or nothing that can be read"
        return Fault(
            path.name, 0, "", "not_a_file", f"{path.name} is not a file but {what}: put the file there"
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = f"the file cannot be opened ({error.strerror}): see to its permissions"
        return Fault(path.name, 0, "", "unreadable_file", reason)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"byte {content[error.start]:#04x} is not UTF-8: save the file as UTF-8"
        return Fault(path.name, line, "", "not_utf8", reason)


def _named(folder: Path, ending: str) -> list[Path]:
    """Return what a folder holds under names of an ending, in capital or small letters."""
    return sorted(path for path in folder.iterdir() if path.name.lower().endswith(ending))


def _means(path: Path, table: Table) -> bool:
    return path.name.lower() == table.file


def _stranger(path: Path) -> Fault:
    if meant := next((table.file for table in TABLES if _means(path, table)), None):
        reason = f"the tables of a plan have names in small letters: this one's is {meant}"
    else:
        reason = f"no table of a plan has this name; they are: {', '.join(sorted(_KNOWN))}"
    return Fault(path.name, 0, "", "unknown_file", reason)
