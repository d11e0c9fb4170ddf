"""ZIP containers of strangers (workbooks, text documents): what to look for before a library opens one."""

from __future__ import annotations

import zipfile
import zlib

UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError)
"""What `zipfile` raises for a file that is no ZIP, is damaged, or has a part that it cannot unpack."""
_XML = (".xml", ".rels")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<\0!\0D\0O\0")
"""Of a document type, in UTF-8 and in UTF-16."""
_WITHIN = 1 << 16


def part_with_document_type(container: zipfile.ZipFile) -> str | None:
    """Return the first XML part that declares a document type; only an attack on the XML parser does."""
    for part in container.infolist():
        if part.filename.lower().endswith(_XML):
            with container.open(part) as stream:
                start = stream.read(_WITHIN)
            if any(declaration in start for declaration in _DECLARATIONS):
                return part.filename
    return None
