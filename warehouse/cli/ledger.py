"""`minsheng move-ledger` and `rebuild-ledger`: the ledger elsewhere, and made again from the archive."""

from __future__ import annotations

from pathlib import Path

import click

from warehouse import intake
from warehouse.cli.options import Call, with_call
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
    text = (
        f"{sum(moved.rows.values())} rows of {len(moved.rows)} tables are in {moved.moved_to} as in "
        f"{moved.moved_from}; set MINSHENG_LEDGER={ledger} and MINSHENG_LEDGER_DATA={data} to use it"
    )
    call.answer(moved, text)


@click.command("rebuild-ledger")
@with_call
@click.argument("into", type=click.Path(path_type=Path, file_okay=False))
def rebuild_ledger(call: Call, into: Path) -> None:
    """Make the ledger again from the archive, in a new folder INTO; the one in use gives the plans."""
    rebuilt = intake.rebuild(call.settings, into.resolve())
    lines = [f"{rebuilt.ledger_file} holds {rebuilt.submissions} submissions, as the archive says"]
    lines += _lines_of("the ledger in use differs", rebuilt.differs_from_ledger_in_use)
    lines += _lines_of(
        "the rules of this release would judge differently", rebuilt.differs_from_rules_of_today
    )
    call.answer(rebuilt, "\n".join(lines))


def _lines_of(what: str, rows: list[Differing]) -> list[str]:
    """Return the count of such rows and the first of them; `--json` lists all."""
    if not rows:
        return []
    shown = [
        f"  {one.file_name} {one.sheet} row {one.row_number}: {one.rebuilt or 'nothing'}; "
        f"{one.other or 'nothing'}"
        for one in rows[:_SHOWN]
    ]
    return [f"Of {len(rows)} rows {what} (rebuilt; otherwise):", *shown]
