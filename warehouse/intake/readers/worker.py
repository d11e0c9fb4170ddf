"""The child process that opens workbooks: what a crafted file breaks or blows up is this process alone.

It takes paths, one JSON text a line, on standard input, and answers on standard output in lines of JSON: what
the file is, each sheet, its rows some thousand at a time or all its columns, and how it ended. JSON, because
what comes from here is trusted no more than the file itself.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.abc import MetaPathFinder
from itertools import islice
from pathlib import Path
from typing import Any

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import container, ods, xls, xlsx
from warehouse.intake.readers.document import Document, Table

MOST_MEMORY = 2 << 30
_ROWS_AT_ONCE = 2_000


class _WithoutPandas(MetaPathFinder):
    """Arrow looks for pandas, which takes longer to load than most workbooks to read: it finds none."""

    def find_spec(self, fullname: str, _path: Any, _target: Any = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def main() -> None:
    """Serve until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    sys.meta_path.insert(0, _WithoutPandas())
    for line in sys.stdin:
        try:
            _serve(Path(json.loads(line)), _say)
            _say({"end": "read"})
        except FileRefused as refused:
            _say({"end": "refused", "rule": refused.rule, "where": refused.where})
        except KeyboardInterrupt:
            return
        except BaseException as error:  # noqa: BLE001 - a reader's panic is no Exception, and memory may be short
            _say({"end": "refused", "rule": "unreadable", "where": {"text": type(error).__name__}})


def _serve(path: Path, say: Callable[[Any], None]) -> None:
    with _opened(path) as document:
        say({"format": document.format})
        for sheet in document.sheets:
            say({"sheet": sheet.name, "is_hidden": sheet.is_hidden})
            if sheet.table:
                _say_table(sheet.table, say)
            rows = iter(sheet.rows)
            while piece := list(islice(rows, _ROWS_AT_ONCE)):
                say(piece)
            if sheet.hidden_rows:
                say({"hidden_rows": list(sheet.hidden_rows)})


def _say_table(table: Table, say: Callable[[Any], None]) -> None:
    say({"rows": table.rows, "columns": len(table.columns)})
    for column in table.columns:
        say({"texts": column.texts, "places": base64.b64encode(column.places).decode("ascii")})


def _opened(path: Path) -> AbstractContextManager[Document]:
    with path.open("rb") as stream:
        is_zip = stream.read(2) == b"PK"
    if not is_zip:
        return xls.opened(path)
    return ods.opened(path) if container.kind_of(path) == "ods" else xlsx.opened(path)


def _say(message: Any) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
