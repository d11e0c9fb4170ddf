"""The child process that opens workbooks: what a crafted file breaks or blows up is this process alone.

It takes paths, one JSON text a line, on standard input, and answers on standard output in lines of JSON: what
the file is, each sheet, its rows some thousand at a time, and how it ended. JSON, because what comes from
here is trusted no more than the file itself.

Of a sheet that may be plain it gives the XML instead, as pieces of bytes, each behind a line with its size
and the last one empty. Then it is told whether it must read that sheet's rows after all.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from contextlib import AbstractContextManager, ExitStack
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import container, xlsx_parts
from warehouse.intake.readers.document import Document, Sheet
from warehouse.intake.readers.xlsx_parts import Parts, SheetPart

MOST_MEMORY = 2 << 30
_ROWS_AT_ONCE = 2_000
_MOST_BYTES = 128 << 20
_PIECE = 1 << 20


def main() -> None:
    """Serve until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    while line := sys.stdin.readline():
        try:
            _serve(Path(json.loads(line)))
            _say({"end": "read"})
        except FileRefused as refused:
            _say({"end": "refused", "rule": refused.rule, "where": refused.where})
        except KeyboardInterrupt:
            return
        except BaseException as error:  # noqa: BLE001 - a reader's panic is no Exception, and memory may be short
            _say({"end": "refused", "rule": "unreadable", "where": {"text": type(error).__name__}})


def _serve(path: Path) -> None:
    kind = _kind_of(path)
    if kind == "xlsx":
        with ZipFile(path) as workbook:
            if parts := xlsx_parts.parts_of(workbook):
                _serve_parts(path, workbook, parts)
                return
    with _opened(path, kind) as document:
        _say({"format": document.format})
        for sheet in document.sheets:
            _say_sheet(sheet, is_xml=False)
            _say_rows(sheet)


def _serve_parts(path: Path, workbook: ZipFile, parts: Parts) -> None:
    texts, formats = parts.shared_texts, parts.telling_formats
    _say({"format": "xlsx", "shared_texts": texts, "telling_formats": formats})
    read: dict[str, Sheet] = {}
    with ExitStack() as stack:
        for sheet in parts.sheets:
            is_bounded = workbook.getinfo(sheet.part).file_size <= _MOST_BYTES
            _say_sheet(sheet, is_xml=is_bounded)
            if is_bounded and _is_plain(workbook, sheet.part):
                continue
            if not read:
                document = stack.enter_context(_opened(path, "xlsx"))
                read = {one.name: one for one in document.sheets}
            _say_rows(read[sheet.name])


def _is_plain(workbook: ZipFile, part: str) -> bool:
    """Give a sheet's XML out, and return whether that was enough."""
    with workbook.open(part) as stream:
        while piece := stream.read(_PIECE):
            _say_piece(piece)
    _say_piece(b"")
    return bool(json.loads(sys.stdin.readline()))


def _say_sheet(sheet: Sheet | SheetPart, *, is_xml: bool) -> None:
    _say({"sheet": sheet.name, "is_hidden": sheet.is_hidden, "is_xml": is_xml})


def _say_rows(sheet: Sheet) -> None:
    rows = iter(sheet.rows)
    while piece := list(islice(rows, _ROWS_AT_ONCE)):
        _say(piece)
    if sheet.hidden_rows:
        _say({"hidden_rows": list(sheet.hidden_rows)})


def _kind_of(path: Path) -> str:
    with path.open("rb") as stream:
        is_zip = stream.read(2) == b"PK"
    return container.kind_of(path) if is_zip else "xls"


def _opened(path: Path, kind: str) -> AbstractContextManager[Document]:
    """Open a workbook by its kind's reader, which takes long to load."""
    if kind == "xls":
        from warehouse.intake.readers import xls

        return xls.opened(path)
    if kind == "ods":
        from warehouse.intake.readers import ods

        return ods.opened(path)
    from warehouse.intake.readers import xlsx

    return xlsx.opened(path)


def _say(message: Any) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def _say_piece(piece: bytes) -> None:
    _say({"bytes": len(piece)})
    sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
