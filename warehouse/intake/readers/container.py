"""The ZIP container of a workbook, looked at before anything in it is opened: is it one, is it bounded."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import IO, Literal

from warehouse.intake.findings import FileRefused
from warehouse.zip_container import UNREADABLE, part_with_document_type

_MOST_PARTS = 5_000
_MOST_BYTES = 600 * 1024 * 1024
_MOST_TIMES = 200
"""A part that unpacks to more than so many times its size (and is not small) was made to blow up."""
_SMALL = 16 * 1024 * 1024
_ODS = (
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.spreadsheet-template",
)
_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""The namespaces of ISO's strict form, which openpyxl does not know, and those of every other workbook."""


def kind_of(path: Path) -> Literal["xlsx", "ods"]:
    """Return which workbook the file is; raises FileRefused unless it is a plain one of bounded size."""
    try:
        with zipfile.ZipFile(path) as container:
            parts = container.infolist()
            _refuse_unbounded(parts)
            if hostile := part_with_document_type(container):
                raise FileRefused("hostile_workbook", text=hostile)
            names = {part.filename.replace("\\", "/") for part in parts}
            if "content.xml" in names and "mimetype" in names:
                _refuse_other_ods(container, names)
                return "ods"
            _refuse_other_xlsx(names)
            return "xlsx"
    except UNREADABLE as error:
        raise FileRefused("broken_workbook", text=str(error)) from error


def as_transitional(path: Path) -> IO[bytes]:
    """Open a workbook as ordinary OOXML; of a strict one, a temporary copy with translated namespaces."""
    with zipfile.ZipFile(path) as container:
        if b"purl.oclc.org/ooxml" not in container.read("xl/workbook.xml"):
            return path.open("rb")
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as translated:
            for part in container.infolist():
                text = container.read(part)
                if part.filename.endswith((".xml", ".rels")):
                    for strict, ordinary in _STRICT.items():
                        text = text.replace(strict, ordinary)
                translated.writestr(part.filename, text)
    return copy


def _refuse_unbounded(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > _MOST_PARTS:
        raise FileRefused("workbook_too_large", text=f"{len(parts)} 个部件")
    if sum(part.file_size for part in parts) > _MOST_BYTES:
        raise FileRefused("workbook_too_large", text=f"{sum(part.file_size for part in parts)} 字节")
    for part in parts:
        if part.file_size > _SMALL and part.file_size > _MOST_TIMES * part.compress_size:
            raise FileRefused("workbook_too_large", text=part.filename)
        if part.flag_bits & 1:
            raise FileRefused("encrypted_workbook", text=part.filename)


def _refuse_other_xlsx(names: set[str]) -> None:
    lowered = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") for name in lowered):
        raise FileRefused("macro_workbook")
    if any(name.endswith("workbook.bin") for name in lowered):
        raise FileRefused("unsupported_format", text="XLSB")
    if "[content_types].xml" not in lowered or not any(name.endswith("workbook.xml") for name in lowered):
        raise FileRefused("unsupported_format", text="ZIP")


def _refuse_other_ods(container: zipfile.ZipFile, names: set[str]) -> None:
    kind = container.read("mimetype").decode("ascii", "replace").strip()
    if kind not in _ODS:
        raise FileRefused("unsupported_format", text=kind[:80])
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
        raise FileRefused("macro_workbook")
    if "META-INF/manifest.xml" in names and b"encryption-data" in container.read("META-INF/manifest.xml"):
        raise FileRefused("encrypted_workbook")
