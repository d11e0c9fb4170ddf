"""Opening a file as the format that its content says, whatever its name."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import csv_text
from warehouse.intake.readers.document import Document
from warehouse.intake.readers.uniform import MOST_BYTES, Uniform, uniform
from warehouse.intake.readers.workbooks import Workbooks

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
    b"<?xml": "XML",
    b"<html": "HTML",
    b"<!doc": "HTML",
    b"<head": "HTML",
    b"<meta": "HTML",
    b"<table": "HTML",
}
"""What programs also save under the names of workbooks, by how it begins."""
_START = 64
_WORKBOOKS = (".xlsx", ".xls", ".ods")
_OTHERS = tuple(magic.lower() for magic in (_ZIP, _OLE, *_FOREIGN))
_BEFORE = codecs.BOM_UTF8 + b" \t\r\n"


def names_workbook(file_name: str) -> bool:
    """Tell whether a file calls itself a workbook; what it is, `opened` finds out."""
    return file_name.lower().endswith(_WORKBOOKS)


@contextmanager
def opened(path: Path, workbooks: Workbooks) -> Iterator[Document]:
    """Open a file as the format that its first bytes say; raises FileRefused where none of ours fits."""
    with path.open("rb") as stream:
        start = stream.read(_START)
    _refuse_foreign(start)
    is_workbook = start.startswith((_ZIP, _OLE))
    with workbooks.opened(path) if is_workbook else csv_text.opened(path) as document:
        yield document


def uniform_file(path: Path, size: int) -> Uniform | None:
    """Return a small file's rows where all its lines are alike, to be read with others; else None."""
    if size > MOST_BYTES:
        return None
    content = path.read_bytes()
    is_ours = not content[:_START].lstrip(_BEFORE).lower().startswith(_OTHERS)
    return uniform(content) if is_ours else None


def _refuse_foreign(start: bytes) -> None:
    for magic, name in _FOREIGN.items():
        if start.lstrip(_BEFORE).lower().startswith(magic.lower()):
            raise FileRefused("unsupported_format", text=name)
