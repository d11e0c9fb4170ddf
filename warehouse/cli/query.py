"""`minsheng query`: asking a published edition in SQL."""

from __future__ import annotations

import csv
import io
import sys
from gettext import gettext as _
from typing import IO

import click

from warehouse import editions
from warehouse.cli.options import Call, with_call
from warehouse.editions import Answer
from warehouse.errors import UsageError
from warehouse.spreadsheets import as_text

_ANY_WIDTH = 10_000


# A query may begin with a comment, which looks like an option.
@click.command(context_settings={"ignore_unknown_options": True})
@with_call
@click.argument("sql", required=False)
@click.option("--file", "-f", "file", type=click.File(encoding="utf-8"), help="The file with the query.")
@click.option("--edition", default="current", help="2025-03, 2025-03/r2 or current.", show_default=True)
@click.option("--csv", "as_csv", is_flag=True, help="Answer in CSV, for spreadsheets; no figure is empty.")
def query(call: Call, sql: str | None, file: IO[str] | None, edition: str, as_csv: bool) -> None:
    """Ask a published edition, read-only: SQL as an argument, from a FILE, or `-` for standard input."""
    if (sql is None) == (file is None):
        raise UsageError(_("Give one query: as an argument, by -f FILE, or `-` for standard input"))
    if as_csv and call.as_json:
        raise UsageError(_("--csv and --json are two forms of one answer: give one of them"))
    text = file.read() if file else sys.stdin.read() if sql == "-" else str(sql)
    answer = editions.query(editions.find(call.settings, edition), text)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    for_people = _csv(answer) if as_csv else _table(answer)
    call.answer({"edition": answer.edition, "columns": answer.columns, "rows": rows}, for_people)


def _csv(answer: Answer) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([answer.columns, *([as_text(value) for value in row] for row in answer.rows)])
    return text.getvalue().rstrip("\n")


def _table(answer: Answer) -> str:
    from rich.console import Console
    from rich.table import Column, Table

    table = Table(*(Column(name, overflow="fold") for name in answer.columns))
    for row in answer.rows:
        table.add_row(*("NULL" if value is None else str(value) for value in row))
    # A terminal folds what is too wide for it; a file or a pipe gets every row on one line.
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else _ANY_WIDTH)
    with console.capture() as captured:
        console.print(table)
    return captured.get().rstrip()
