"""A small workbook in a tenth of a millisecond: pages of text and whole numbers, written straight as OOXML.

Ten thousand files get ten thousand receipts; a general writer takes a hundred times as long for each. Text is
stored as inline text, so nothing that a department wrote can become a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from xml.sax.saxutils import escape

from warehouse.intake.receipts.packed import Part, container, part

Cell = str | int | None


class Look(IntEnum):
    """How a line looks; each is a cell format of `_STYLES`."""

    PLAIN = 0
    HEADING = 1
    REFUSED = 2
    WARNED = 3


@dataclass(frozen=True)
class Line:
    """One row of a page."""

    cells: Sequence[Cell]
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Page:
    """One sheet; widths are in characters, and `frozen` keeps the first line in view, also on paper."""

    title: str
    widths: Sequence[int]
    lines: Iterable[Line]
    frozen: bool = False


_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_TEXT = 2_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FORMAT = (
    '<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyFont="1" applyFill="1" '
    'applyAlignment="1"{prefix}><alignment vertical="top" wrapText="1"/></xf>'
)
_FORMATS = "".join(
    _FORMAT.format(font=int(look == Look.HEADING), fill=1 + look if look else 0, prefix=prefix)
    for prefix in ("", ' quotePrefix="1"')
    for look in Look
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="5">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    + "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'
        for colour in ("D9E1F2", "FCE4E4", "FFF6D6")
    )
    + '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{2 * len(Look)}">{_FORMATS}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FITTED = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
# Lying on A4, as wide as the page, and as many pages as it takes.
_ON_PAPER = (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;L&amp;A&amp;R第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)


def workbook(pages: Sequence[Page]) -> bytes:
    """Return the pages as an XLSX workbook; the same pages give the same bytes."""
    sheets = [
        part(f"xl/worksheets/sheet{number}.xml", _sheet(page)) for number, page in enumerate(pages, start=1)
    ]
    return container([*_frame(tuple((page.title, page.frozen) for page in pages)), *sheets])


@lru_cache(maxsize=100)
def _frame(titles: tuple[tuple[str, bool], ...]) -> list[Part]:
    """Return the workbook without its sheets, which nearly all receipts have alike."""
    numbers = range(1, len(titles) + 1)
    return [
        part("[Content_Types].xml", _content_types(numbers)),
        part("_rels/.rels", _RELATIONS),
        part("xl/workbook.xml", _index(titles)),
        part("xl/_rels/workbook.xml.rels", _workbook_relations(numbers)),
        part("xl/styles.xml", _STYLES),
    ]


def _content_types(numbers: Iterable[int]) -> str:
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{overrides}</Types>'
    )


def _index(titles: Sequence[tuple[str, bool]]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, (title, _) in enumerate(titles, start=1)
    )
    repeated = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
        f"'{escape(title)}'!$1:$1</definedName>"
        for place, (title, is_frozen) in enumerate(titles)
        if is_frozen
    )
    names = f"<definedNames>{repeated}</definedNames>" if repeated else ""
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>{names}</workbook>'


def _workbook_relations(numbers: Sequence[int]) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    styles = f'<Relationship Id="rId{len(numbers) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}{styles}</Relationships>'


def _sheet(page: Page) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(page.widths, start=1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if page.frozen else ""
    rows = "".join(
        f"<row>{''.join([_cell(cell, line.look) for cell in line.cells])}</row>" for line in page.lines
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{_FITTED}<sheetViews><sheetView workbookViewId="0">'
        f"{pane}</sheetView></sheetViews><cols>{columns}</cols><sheetData>{rows}</sheetData>{_ON_PAPER}</worksheet>"
    )


@lru_cache(maxsize=10_000)
def _cell(cell: Cell, look: Look) -> str:
    """Return one cell; most of them stand in every receipt."""
    if isinstance(cell, str) and cell:
        style = look + (len(Look) if cell.startswith(_LOOKS_LIKE_FORMULA) else 0)
        text = escape(_UNPRINTABLE.sub("\ufffd", cell[:_MOST_TEXT]))
        return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if cell is None or cell == "":
        return f'<c s="{look}"/>'
    return f'<c s="{look}"><v>{cell}</v></c>'
