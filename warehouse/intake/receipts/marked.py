"""The department's own file back, with what is wrong marked where it stands.

An XLSX comes back as itself: cells coloured and commented, the receipt's pages before its own, made in the
child process that opens workbooks. Any other file, and one that cannot be written again, comes back as more
pages of the receipt. Large files get the receipt alone, which lists every place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.intake import readers
from warehouse.intake.readers import Sheet, Workbooks
from warehouse.intake.receipts.pages import Line, Look, Page
from warehouse.intake.receipts.receipt import Finding, Receipt
from warehouse.intake.rules import registry

_MOST_BYTES = 1 << 20
_MOST_ROWS = 5_000
_COLOURS = {Look.REFUSED: "FFF4B6B6", Look.WARNED: "FFFFE699", Look.HEADING: "FFD9E1F2"}
_READ_TO_ITS_END = ("ambiguous_columns", "missing_columns", "no_rows")
"""What refuses a file as a whole although all of it could be read."""
_UNTITLED = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_TITLE = 31


def is_worth_marking(path: Path, receipt: Receipt) -> bool:
    """Tell whether the file has places to mark, was read to its end, and is small enough to be sent back."""
    has_places = any(one.row for one in (*receipt.refusals, *receipt.warnings))
    # Where a file broke while it was read, it may break whoever opens it again.
    breaks = any(_breaks_the_file(one.rule) for one in receipt.refusals)
    return (
        has_places
        and not breaks
        and path.stat().st_size <= _MOST_BYTES
        and 0 < receipt.rows.read <= _MOST_ROWS
    )


def _breaks_the_file(rule: str) -> bool:
    return registry()[rule].of == "file" and rule not in _READ_TO_ITS_END


def row_pages(path: Path, receipt: Receipt, workbooks: Workbooks) -> Iterator[Page]:
    """Yield each sheet's rows as a page, every row with its number before it and what is wrong after it."""
    with readers.opened(path, workbooks) as document:
        for number, sheet in enumerate(document.sheets):
            if not sheet.is_hidden:
                title = f"原文{number or ''}{_UNTITLED.sub('', sheet.name)}"[:_LONGEST_TITLE]
                yield Page(title, (6, *[16] * 12), list(_row_lines(sheet, receipt)))


def _row_lines(sheet: Sheet, receipt: Receipt) -> Iterator[Line]:
    by_row: dict[int | None, list[tuple[Look, Finding]]] = defaultdict(list)
    for look, one in _looked_at(receipt):
        if one.sheet == sheet.name:
            by_row[one.row].append((look, one))
    for row_number, row in enumerate(sheet.rows, start=1):
        found = by_row[row_number]
        look = min((look for look, _ in found), default=Look.PLAIN)
        yield Line((row_number, *row, *[_words(one) for _, one in found]), look)


def marked_workbook(path: Path, receipt: Receipt, pages: list[Page], workbooks: Workbooks) -> bytes:
    """Return a department's XLSX with its cells marked, and the receipt's pages before its own sheets.

    Raises FileRefused where it has too many cells, or openpyxl cannot write it again.
    """
    marks = [
        {
            "sheet": one.sheet,
            "row": one.row,
            "heading": one.column,
            "words": _words(one),
            "colour": _COLOURS[look],
        }
        for look, one in _looked_at(receipt)
        if one.row
    ]
    return workbooks.marked(path, marks, [_as_json(page) for page in pages])


def _as_json(page: Page) -> dict[str, Any]:
    lines = [
        {
            "cells": list(line.cells),
            "colour": _COLOURS.get(line.look),
            "is_heading": line.look == Look.HEADING,
        }
        for line in page.lines
    ]
    return {"title": page.title, "widths": list(page.widths), "lines": lines, "is_frozen": page.frozen}


def _looked_at(receipt: Receipt) -> Iterator[tuple[Look, Finding]]:
    yield from ((Look.REFUSED, one) for one in receipt.refusals)
    yield from ((Look.WARNED, one) for one in receipt.warnings)


def _words(finding: Finding) -> str:
    return f"{finding.reason_zh}。{finding.fix_zh}"
