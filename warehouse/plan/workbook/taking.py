"""`plan import`: a workbook into a plan folder, after the difference was shown."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.plan.check import examine
from warehouse.plan.workbook import layout
from warehouse.plan.workbook.contents import CARRIED, DEFAULT_TEXT_FILE, Contents, read
from warehouse.plan.workbook.differences import Difference, differences
from warehouse.plan.workbook.places import Place, places_of
from warehouse.plan.workbook.reading import read_workbook


@dataclass(frozen=True)
class Taken:
    """What a workbook would change, or has changed, in a folder."""

    folder: str
    differences: list[Difference]
    is_taken: bool
    has_moved_on: bool
    """Whether the folder was changed after the workbook was exported: the difference takes that back."""
    faults: list[str]
    """The faults of the workbook's plan, each with its sheet and cell."""


def take(path: Path, folder: Path, *, is_confirmed: bool) -> Taken:
    """Show what a workbook changes in a folder, and write it if the folder is new or it is confirmed.

    Raises MinshengError where the workbook cannot be read; the folder is then as it was.
    """
    if folder.exists() and not folder.is_dir():
        raise MinshengError(f"{folder} is a file: name a folder for the plan, an existing one or a new one")
    found = read_workbook(path)
    is_new = not folder.exists() or not any(folder.iterdir())
    before = Contents({}, DEFAULT_TEXT_FILE, "") if is_new else read(folder)
    changes = [] if is_new else differences(before, found.contents)
    faults = _faults(found.contents)
    is_taken = is_new or (is_confirmed and bool(changes))
    if is_taken:
        _write(found.contents, before, folder)
    has_moved_on = not is_new and bool(changes) and found.exported_digest != before.digest
    return Taken(str(folder), changes, is_taken, has_moved_on, faults)


def _faults(contents: Contents) -> list[str]:
    """Return the faults of what the workbook holds, named by its own cells."""
    with tempfile.TemporaryDirectory(prefix="minsheng-plan-") as scratch:
        for name, text in contents.files().items():
            (Path(scratch) / name).write_text(text, encoding="utf-8", newline="")
        faults = examine(Path(scratch)).faults
        places = places_of(read(Path(scratch)), faults)
    at_cells = [
        f"{_in_workbook(place, contents)}: {fault.reason} [{fault.code}]"
        for place, found in sorted(places.faults.items())
        for fault in found
    ]
    return [str(fault) for fault in places.elsewhere] + at_cells


def _in_workbook(place: Place, contents: Contents) -> Place:
    """Return the cell that a person sees, who may have left rows empty between the others."""
    lines = contents.tables[place.file].lines
    row = place.row - layout.FIRST
    return replace(place, row=lines[row] - 1) if 0 <= row < len(lines) else place


def _write(contents: Contents, before: Contents, folder: Path) -> None:
    """Write every file beside and rename it; then take away those that the workbook no longer has."""
    folder.mkdir(parents=True, exist_ok=True)
    written = contents.files()
    for name, text in written.items():
        durable.write(folder / name, text.encode())
    gone = {table.file for table in CARRIED} | ({before.text_file} if before.text else set())
    for name in gone - written.keys():
        (folder / name).unlink(missing_ok=True)
    durable.sync(folder)
