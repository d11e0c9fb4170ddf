"""`plan export`: a plan folder as one workbook, with everything in it that helps to fill it in."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse import durable
from warehouse.plan.check import examine
from warehouse.plan.faults import Fault
from warehouse.plan.workbook import layout
from warehouse.plan.workbook.contents import CARRIED, Contents, read
from warehouse.plan.workbook.looks import looks
from warehouse.plan.workbook.overview import write_overview, write_words
from warehouse.plan.workbook.places import Place, Places, places_of
from warehouse.plan.workbook.sheet import write_sheet
from warehouse.plan.workbook.wording import sheet_names

_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone; the same plan gives the same bytes


@dataclass(frozen=True)
class Exported:
    """A workbook that was written."""

    path: str
    plan: str
    faults: int
    to_confirm: int
    """How many cells say 待确认."""


def export(folder: Path, path: Path) -> Exported:
    """Write a plan folder, with its faults marked, to one workbook.

    Raises MinshengError where there is no such folder, or a file of it cannot be put into cells.
    """
    contents = read(folder)
    places = places_of(contents, examine(folder).faults)
    durable.write(path, workbook_of(contents, places))
    return Exported(str(path), str(folder), len(places.faults), len(places.to_confirm))


def workbook_of(contents: Contents, places: Places) -> bytes:
    """Return the workbook; the same folder gives the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"created": _NO_TIME})
        formats = looks(workbook)
        overview = workbook.add_worksheet(layout.OVERVIEW)
        for table in CARRIED:
            page = workbook.add_worksheet(sheet_names()[table.file])
            write_sheet(page, table, contents, _at(places, table.file), formats)
        _write_text(workbook.add_worksheet(layout.TEXT), contents.text, formats)
        write_words(workbook.add_worksheet(layout.WORDS), formats)
        write_overview(overview, contents, places, formats)
    return stream.getvalue()


def _at(places: Places, file: str) -> dict[Place, list[Fault]]:
    return {place: faults for place, faults in places.faults.items() if place.file == file}


def _write_text(page: Any, text: str, formats: dict[str, Any]) -> None:
    """Write the plan's text, a line a row behind its number; a longer line goes on in the next cells."""
    page.set_column(0, 0, 8)
    page.set_column(1, 1, 120, formats["text"])
    for row, line in enumerate(text.split("\n")):
        page.write_number(row, 0, row + 1)
        for piece, start in enumerate(range(0, len(line), layout.LONGEST)):
            page.write_string(row, 1 + piece, line[start : start + layout.LONGEST], formats["text"])
