"""The small parts of an XLSX workbook: its sheets, the texts they share, their formats, its settings.

Parts are found by what the package says of them, whatever their names, in ISO's strict form too. A workbook
without styles or shared texts is one all the same.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.number_format import is_silent

_TRUE = ("1", "true", "on")
_DAY = "yyyy-mm-dd"
_ACCOUNT = '_({0}* #,##0{1}_);_({0}* \\(#,##0{1}\\);_({0}* "-"{2}_);_(@_)'
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: _ACCOUNT.format("", "", ""),
    42: _ACCOUNT.format('"¥"', "", ""),
    43: _ACCOUNT.format("", ".00", "??"),
    44: _ACCOUNT.format('"¥"', ".00", "??"),
    48: "##0.0E+0",
    49: "@",
    67: "0%",
    68: "0.00%",
} | dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)), _DAY)
"""The formats that no workbook spells out; 27 to 36 and 50 to 58 are dates in East Asian Excel."""
_ESCAPED = re.compile("x005F_")


@lru_cache(maxsize=1_000)
def local(tag: str) -> str:
    """Return a name of XML without its namespace, as ISO's strict form has others."""
    return tag.rpartition("}")[2]


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
    formats: list[str]
    """The format code of each cell format."""
    from_1904: bool
    is_recalculated: bool
    """Every formula is computed anew when the workbook is opened: its stored results may be nobody's."""
    is_unfinished: bool
    """Formulas were left to be computed later."""

    @cached_property
    def telling_formats(self) -> list[int]:
        """The cell formats that may say more of a number than its digits do, such as a date's."""
        return [place for place, code in enumerate(self.formats) if not is_silent(code)]


class Package:
    """The parts of a workbook by their names, in any letter case and with either slash."""

    def __init__(self, container: ZipFile) -> None:
        self._container = container
        self._names = {one.replace("\\", "/").lstrip("/").lower(): one for one in container.namelist()}

    def has(self, part: str) -> bool:
        """Tell whether the part is there."""
        return part.lower() in self._names

    def open(self, part: str) -> IO[bytes]:
        """Open a part; raises FileRefused where it is missing."""
        if not self.has(part):
            raise FileRefused("broken_workbook", text=f"缺少 {part}")
        return self._container.open(self._names[part.lower()])

    def size(self, part: str) -> int:
        """Return how many bytes a part has unpacked."""
        return self._container.getinfo(self._names[part.lower()]).file_size

    def tree(self, part: str) -> Element:
        """Return a small part's XML; raises FileRefused where it is missing or broken."""
        with self.open(part) as stream:
            try:
                return ElementTree.parse(stream).getroot()  # noqa: S314 - no document type is let in
            except ElementTree.ParseError as error:
                raise broken_xml(part) from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part (the package: the empty name) refers to: by its id, the kind and the part."""
        folder, name = posixpath.split(part)
        index = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(index):
            return {}
        found = {}
        for one in self.tree(index):
            target = one.get("Target", "").replace("\\", "/")
            absolute = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            if one.get("TargetMode") != "External":
                kind = one.get("Type", "").rpartition("/")[2]
                found[one.get("Id", "")] = (kind, posixpath.normpath(absolute))
        return found


def broken_xml(part: str) -> FileRefused:
    """Return the refusal of a workbook for a part that is no whole XML."""
    return FileRefused("broken_workbook", text=f"{part} 不完整")


def workbook_part(package: Package) -> str:
    """Return the name of the part that lists the sheets."""
    parts = [part for kind, part in package.relations("").values() if kind == "officeDocument"]
    return parts[0] if parts else "xl/workbook.xml"


def parts_of(package: Package) -> Parts:
    """Return what the small parts say; raises FileRefused where the workbook has no sheet or is broken."""
    main = workbook_part(package)
    relations = package.relations(main)
    workbook = package.tree(main)
    by_kind = {kind: part for kind, part in relations.values() if package.has(part)}
    settings = {local(one.tag): one.attrib for one in workbook}
    calculation = settings.get("calcPr", {})
    return Parts(
        list(_sheets(workbook, relations)),
        list(_shared_texts(package, by_kind["sharedStrings"])) if "sharedStrings" in by_kind else [],
        list(_formats(package.tree(by_kind["styles"]))) if "styles" in by_kind else [],
        from_1904=settings.get("workbookPr", {}).get("date1904") in _TRUE,
        is_recalculated=calculation.get("fullCalcOnLoad") in _TRUE,
        is_unfinished=calculation.get("forceFullCalc") in _TRUE or calculation.get("calcCompleted") == "0",
    )


def _sheets(workbook: Element, relations: dict[str, tuple[str, str]]) -> Iterator[SheetPart]:
    """Yield the worksheets in order, without charts and dialogs."""
    count = 0
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        identity = next((text for name, text in sheet.items() if local(name) == "id" and name != "id"), "")
        kind, part = relations.get(identity, ("", ""))
        if kind == "worksheet":
            count += 1
            is_hidden = sheet.get("state", "visible") in ("hidden", "veryHidden")
            yield SheetPart(sheet.get("name", ""), is_hidden, part)
    if not count:
        raise FileRefused("no_sheets")


def _shared_texts(package: Package, part: str) -> Iterator[str]:
    """Yield the shared texts, without what tells how they are pronounced."""
    with package.open(part) as stream:
        try:
            for _, element in ElementTree.iterparse(stream):  # noqa: S314 - no document type is let in
                if local(element.tag) == "si":
                    yield text_in(element)
                    element.clear()
        except ElementTree.ParseError as error:
            raise broken_xml(part) from error


def text_in(element: Element) -> str:
    """Return the text of a shared or inline text; the escaped escape sign is dropped."""
    pieces = (*element.iterfind("{*}t"), *element.iterfind("{*}r/{*}t"))
    return _ESCAPED.sub("", "".join(piece.text or "" for piece in pieces))


def _formats(styles: Element) -> Iterator[str]:
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iterfind("{*}numFmts/{*}numFmt")}
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        yield own.get(number) or _BUILT_IN.get(int(number) if number.isdigit() else 0, "General")
