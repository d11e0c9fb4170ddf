"""The small parts of an XLSX workbook that a plain sheet needs: which sheets there are, texts, formats.

Loading openpyxl takes longer than reading most workbooks. What is not laid out as Excel, WPS and LibreOffice
lay it out is left to it all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from zipfile import ZipFile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MOST_BYTES = 128 << 20
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_SILENT_BUILT_IN = {0, 1, 2, 3, 4, 49}
_SILENT = re.compile(r"General|[0#,.]+")
"""Formats that say nothing of a number but its digits."""


@dataclass(frozen=True)
class SheetPart:
    """Where a sheet's XML is."""

    name: str
    is_hidden: bool
    part: str


@dataclass(frozen=True)
class Parts:
    """What the small parts say."""

    sheets: list[SheetPart]
    shared_texts: list[str]
    telling_formats: list[int]
    """The cell formats that may say more of a number than its digits do, such as a date's."""


def parts_of(container: ZipFile) -> Parts | None:
    """Return what the small parts say, or None where openpyxl must read them."""
    names = set(container.namelist())
    is_usual = {_WORKBOOK, _RELATIONS} <= names and _has_usual_names(container)
    if not is_usual or any(
        container.getinfo(one).file_size > _MOST_BYTES for one in names & {_TEXTS, _STYLES}
    ):
        return None
    try:
        sheets = list(_sheets(container))
        texts = list(_shared_texts(container)) if _TEXTS in names else []
        telling = list(_telling_formats(container)) if _STYLES in names else []
    except (KeyError, ValueError, ElementTree.ParseError):
        return None
    return Parts(sheets, texts, telling) if sheets and {one.part for one in sheets} <= names else None


def _has_usual_names(container: ZipFile) -> bool:
    """Tell whether the parts that are found by what they contain are those that are found by their names."""
    types = container.read("[Content_Types].xml")
    is_only = all(types.count(kind) <= 1 for kind in (b"sharedStrings+xml", b"sheet.main+xml"))
    return (
        is_only
        and b'"/xl/workbook.xml"' in types
        and ((b"sharedStrings+xml" in types) == (b'"/xl/sharedStrings.xml"' in types))
    )


def _sheets(container: ZipFile) -> Iterator[SheetPart]:
    """Yield the sheets in order; raises KeyError or ValueError where one is no worksheet."""
    relations = ElementTree.fromstring(container.read(_RELATIONS))  # noqa: S314 - no document type is let in
    targets = {
        one.attrib["Id"]: one.attrib["Target"]
        for one in relations.iter(f"{_PACKAGE}Relationship")
        if one.attrib["Type"] == f"{_OFFICE}/worksheet"
    }
    workbook = ElementTree.fromstring(container.read(_WORKBOOK))  # noqa: S314 - no document type is let in
    if workbook.tag != f"{_MAIN}workbook":
        raise ValueError(workbook.tag)
    for sheet in workbook.iterfind(f"{_MAIN}sheets/*"):
        target = targets[sheet.attrib[f"{{{_OFFICE}}}id"]]
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        yield SheetPart(sheet.attrib["name"], sheet.get("state", "visible") != "visible", part)


def _shared_texts(container: ZipFile) -> Iterator[str]:
    """Yield the shared texts, without what tells how they are pronounced; openpyxl drops `x005F_` too."""
    with container.open(_TEXTS) as stream:
        for _, element in ElementTree.iterparse(stream):  # noqa: S314 - no document type is let in
            if element.tag == f"{_MAIN}si":
                pieces = (*element.iterfind(f"{_MAIN}t"), *element.iterfind(f"{_MAIN}r/{_MAIN}t"))
                yield "".join(piece.text or "" for piece in pieces).replace("x005F_", "")
                element.clear()


def _telling_formats(container: ZipFile) -> Iterator[int]:
    styles = ElementTree.fromstring(container.read(_STYLES))  # noqa: S314 - no document type is let in
    own = {
        int(one.attrib["numFmtId"]): one.attrib["formatCode"]
        for one in styles.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    }
    silent = _SILENT_BUILT_IN - own.keys() | {one for one, code in own.items() if _SILENT.fullmatch(code)}
    for place, style in enumerate(styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
        if int(style.get("numFmtId", "0")) not in silent:
            yield place
