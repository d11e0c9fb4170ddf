"""`minsheng move-ledger` and `rebuild-ledger`: the ledger elsewhere, and made again from the archive."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from warehouse import intake
from warehouse.cli.options import Call, with_call
from warehouse.cli.wording import counted
from warehouse.intake.rebuilding import Differing
from warehouse.ledger.move import move

_SHOWN = 20


@click.command("move-ledger")
@with_call
@click.option(
    "--to", "place", required=True, metavar="PLACE", help="`file`, or a catalog: ducklake:postgres:…"
)
@click.option(
    "--data", default="", metavar="FOLDER", help="Where a lakehouse keeps its rows: a folder or s3://…"
)
def move_ledger(call: Call, place: str, data: str) -> None:
    """Copy the whole ledger to another place, and prove that both hold the same."""
    ledger = "" if place == "file" else place
    moved = move(call.settings, call.settings.model_copy(update={"ledger": ledger, "ledger_data": data}))
    rows = counted("{} row", "{} rows", sum(moved.rows.values()))
    tables = counted("{} table", "{} tables", len(moved.rows))
    text = _(
        "{moved_to} holds {rows} of {tables}, as {moved_from} does; set MINSHENG_LEDGER={ledger} and "
        "MINSHENG_LEDGER_DATA={data} to use it"
    ).format(
        moved_to=moved.moved_to,
        moved_from=moved.moved_from,
        rows=rows,
        tables=tables,
        ledger=ledger,
        data=data,
    )
    call.answer(moved, text)


@click.command("rebuild-ledger")
@with_call
@click.argument("into", type=click.Path(path_type=Path, file_okay=False))
def rebuild_ledger(call: Call, into: Path) -> None:
    """Make the ledger again from the archive, in a new folder INTO; the one in use gives the plans."""
    rebuilt = intake.rebuild(call.settings, into.resolve())
    submissions = counted("{} submission", "{} submissions", rebuilt.submissions)
    lines = [
        _("{file} holds {submissions}, as the archive says").format(
            file=rebuilt.ledger_file, submissions=submissions
        ),
        *_lines_of(_("the ledger in use differs"), rebuilt.differs_from_ledger_in_use),
        *_lines_of(
            _("the rules of this release would judge differently"), rebuilt.differs_from_rules_of_today
        ),
    ]
    call.answer(rebuilt, "\n".join(lines))


def _lines_of(what: str, rows: list[Differing]) -> list[str]:
    """Return the count of such rows and the first of them; `--json` lists all."""
    if not rows:
        return []
    nothing = _("nothing")
    shown = [
        _("  {file} {sheet} row {row}: {rebuilt}; {other}").format(
            file=one.file_name,
            sheet=one.sheet,
            row=one.row_number,
            rebuilt=one.rebuilt or nothing,
            other=one.other or nothing,
        )
        for one in rows[:_SHOWN]
    ]
    head = _("Of {rows} {what} (rebuilt; otherwise):").format(
        rows=counted("{} row", "{} rows", len(rows)), what=what
    )
    return [head, *shown]
