"""The child process that opens senders' workbooks: what a crafted file breaks is this process alone.

It takes requests, one JSON text a line, and answers in lines of JSON, on two pipes of its own, whose
descriptors are its arguments: what a library prints goes nowhere. Asked to read a workbook it says what the
file is, each sheet, its rows some thousand at a time, and how it ended. JSON, because what comes from here
is trusted no more than the file itself.

Of a sheet that may be plain it gives the XML instead, as pieces of bytes, each behind a line with its size
and the last one empty. Then it is told whether it must read that sheet's rows after all. Asked to mark a
workbook it gives the marked one as one piece.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import warnings
import zlib
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import container
from warehouse.intake.readers.document import Document, Sheet
from warehouse.intake.readers.xlsx_parts import Package, SheetPart, parts_of

MOST_MEMORY = 2 << 30
_ROWS_AT_ONCE = 2_000
_MOST_BYTES = 128 << 20
_PIECE = 1 << 20


def main() -> None:
    """Serve the requests that come on the one descriptor, by the other, until no more can come."""
    requests, answers = (int(one) for one in sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    with os.fdopen(requests, "rb") as coming, os.fdopen(answers, "wb") as going:
        server = _Server(coming, going)
        while line := coming.readline():
            server.answer(json.loads(line))


class _Server:
    """Answers requests, one at a time."""

    def __init__(self, requests: IO[bytes], answers: IO[bytes]) -> None:
        self._requests = requests
        self._answers = answers

    def answer(self, request: dict[str, Any]) -> None:
        """Do what is asked, and say how it ended."""
        try:
            if "read" in request:
                self._read(Path(request["read"]))
            else:
                self._mark(request)
            self._say({"end": "read"})
        except FileRefused as refused:
            self._say({"end": "refused", "rule": refused.rule, "where": refused.where})
        except MemoryError:
            text = f"读取所需的内存超过 {MOST_MEMORY >> 30} GiB"
            self._say({"end": "refused", "rule": "workbook_too_large", "where": {"text": text}})
        except (BadZipFile, zlib.error, EOFError) as error:
            self._say({"end": "refused", "rule": "broken_workbook", "where": {"text": str(error)}})
        except BaseException as error:  # noqa: BLE001 - a reader's panic is no Exception, and no file may end the child
            where = {"text": "内容不符合工作簿的格式"}
            self._say({"end": "refused", "rule": "unreadable", "where": where, "cause": repr(error)[:500]})

    def _read(self, path: Path) -> None:
        kind = _kind_of(path)
        if kind == "xlsx":
            with ZipFile(path) as workbook:
                self._read_parts(Package(workbook))
            return
        with _opened(path, kind) as document:
            self._say({"format": document.format})
            for sheet in document.sheets:
                self._say_sheet(sheet, is_xml=False)
                self._say_rows(sheet)

    def _read_parts(self, package: Package) -> None:
        parts = parts_of(package)
        texts, formats = parts.shared_texts, parts.telling_formats
        self._say({"format": "xlsx", "shared_texts": texts, "telling_formats": formats})
        for sheet in parts.sheets:
            is_bounded = package.has(sheet.part) and package.size(sheet.part) <= _MOST_BYTES
            self._say_sheet(sheet, is_xml=is_bounded)
            if not (is_bounded and self._is_plain(package, sheet.part)):
                from warehouse.intake.readers import xlsx

                self._say_rows(xlsx.sheet_of(package, parts, sheet))

    def _is_plain(self, package: Package, part: str) -> bool:
        """Give a sheet's XML out, and return whether that was enough."""
        with package.open(part) as stream:
            while piece := stream.read(_PIECE):
                self._say_piece(piece)
        self._say_piece(b"")
        return bool(json.loads(self._requests.readline()))

    def _mark(self, request: dict[str, Any]) -> None:
        from warehouse.intake.readers.marking import marked

        self._say_piece(marked(Path(request["mark"]), request["marks"], request["pages"]))

    def _say_sheet(self, sheet: Sheet | SheetPart, *, is_xml: bool) -> None:
        self._say({"sheet": sheet.name, "is_hidden": sheet.is_hidden, "is_xml": is_xml})

    def _say_rows(self, sheet: Sheet) -> None:
        rows = iter(sheet.rows)
        piece = list(islice(rows, _ROWS_AT_ONCE))
        self._say({"hidden_columns": list(sheet.hidden_columns)})
        while piece:
            self._say(piece)
            piece = list(islice(rows, _ROWS_AT_ONCE))
        self._say({"hidden_rows": list(sheet.hidden_rows), "covered_rows": list(sheet.covered_rows)})

    def _say(self, message: Any) -> None:
        self._answers.write(json.dumps(message).encode() + b"\n")
        self._answers.flush()

    def _say_piece(self, piece: bytes) -> None:
        self._say({"bytes": len(piece)})
        self._answers.write(piece)
        self._answers.flush()


def _kind_of(path: Path) -> str:
    with path.open("rb") as stream:
        is_zip = stream.read(2) == b"PK"
    return container.kind_of(path) if is_zip else "xls"


def _opened(path: Path, kind: str) -> AbstractContextManager[Document]:
    """Open a workbook that is no XLSX by its kind's reader, which may take long to load."""
    if kind == "xls":
        from warehouse.intake.readers import xls

        return xls.opened(path)
    from warehouse.intake.readers import ods

    return ods.opened(path)


if __name__ == "__main__":
    main()
