"""The version of a plan: a digest of what it says, whatever way its files happen to write it."""

from __future__ import annotations

import hashlib
import json

from warehouse.plan.folder import Plan, Row
from warehouse.plan.shapes import TABLES


def version_of(plan: Plan) -> str:
    """Return the SHA-256 of all rows, in the order of their keys, and of the text.

    The order of rows and columns, line endings, a byte order mark and trailing zeros make no difference; a
    table without rows says nothing, whether or not its file is there.
    """
    said = {
        table.name: [_said(row) for row in sorted(plan.of(table), key=lambda row: row.key)]
        for table in TABLES
        if plan.of(table)
    }
    text = plan.text.content.replace("\r\n", "\n") if plan.text else ""
    content = json.dumps({"tables": said, "text": text}, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def _said(row: Row) -> list[str | None]:
    return [_normal(row, column.name) for column in row.table.columns]


def _normal(row: Row, column: str) -> str | None:
    number = row.number(column)
    if number is not None:
        return f"{number.normalize() + 0:f}"
    return row.text_as_written(column) or None
