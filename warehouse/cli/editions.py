"""`minsheng publish`, `editions` and `query`: making editions, walking them, asking them."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click

from warehouse import editions
from warehouse.cli.options import Call, period_option, plain, with_call, with_common_options
from warehouse.difference import Cause, Change
from warehouse.editions import Answer, proofs
from warehouse.errors import MinshengError, UsageError
from warehouse.periods import Period
from warehouse.snapshot.report.pages import REPORT_PAGE
from warehouse.spreadsheets import as_text

_ANY_WIDTH = 10_000
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@with_call
@period_option
@click.option("--approve", "approved_by", metavar="NAME", help="Who answers for what the gate only warns of.")
@click.option("--note", metavar="TEXT", help="Why it is published, or published again.")
@click.option(
    "--public", "as_public", is_flag=True, help="Write its public variant too, without small counts."
)
def publish(call: Call, period: Period, approved_by: str | None, note: str | None, as_public: bool) -> None:
    """Publish the month's candidate that passed the gate."""
    edition = editions.publish(call.settings, period, approved_by, note)
    if not as_public:
        call.answer(edition, f"Published {edition.name}: {edition.folder}")
        return
    public = editions.publish_public(call.settings, edition)
    text = f"Published {edition.name}: {edition.folder}\nPublic variant: {public.folder}"
    call.answer(
        {**asdict(edition), "public": asdict(public)},
        f"{text}, {len(public.withheld)} indicators withheld in part or whole",
    )


@click.group("editions")
@with_common_options
def group() -> None:
    """List, show and verify what was published."""


@group.command("list")
@with_call
def list_editions(call: Call) -> None:
    """List every edition, with its reason."""
    known = editions.editions_of(call.settings)
    rows = [{"edition": one.name, "folder": one.folder, **_summary(one.manifest())} for one in known]
    call.answer(rows, "\n".join(f"{row['edition']}  {row['published_at']}  {row['reason']}" for row in rows))


@group.command()
@with_call
@click.argument("edition")
def show(call: Call, edition: str) -> None:
    """Show an edition's manifest: 2025-03, 2025-03/r2 or current."""
    found = editions.find(call.settings, edition)
    manifest = found.manifest()
    lines = [found.name, *(f"  {name}: {value}" for name, value in _summary(manifest).items())]
    lines += [
        f"  {name}  {facts['bytes']} bytes  {facts['sha256'][:12]}"
        for name, facts in manifest["files"].items()
    ]
    call.answer(manifest, "\n".join(lines))


@group.command()
@with_call
@click.argument("before")
@click.argument("after")
def diff(call: Call, before: str, after: str) -> None:
    """Say which figures changed from one edition to another, from what to what, and by which submission."""
    sides = [editions.side_of(editions.find(call.settings, name)) for name in (before, after)]
    found = editions.difference(*sides)
    lines = [line for change in found.changes for line in _change(change)]
    head = f"{found.before} to {found.after}: {len(found.changes)} figures changed"
    call.answer(found, "\n".join([head, *lines]))


@group.command()
@with_call
@click.option(
    "--key",
    "keys",
    type=_FILE,
    multiple=True,
    help="A public key (….pub) that the editions must be signed by.",
)
@click.option("--expect", metavar="HASH", help="A manifest's hash as it was printed, or 16 of its digits.")
def verify(call: Call, keys: tuple[Path, ...], expect: str | None) -> None:
    """Walk the chain of editions and check every file, and by whom it was signed."""
    chain = editions.verify(call.settings, keys, expect)
    counted = f"{len(chain.editions)} editions, {len(chain.public)} public variants, {chain.files} files"
    by = f", {chain.signed} signed" if chain.signed else ""
    by += f", {chain.stamps} time stamps" if chain.stamps else ""
    found = f"; {chain.expected} has the expected hash" if chain.expected else ""
    call.answer(chain, f"{counted}{by}: the chain holds{found}")


@group.command()
@with_call
@click.argument("edition")
@click.argument("key", type=_FILE)
@click.option("--name", required=True, help="Who signs, as allowed_signers has the key.")
def sign(call: Call, edition: str, key: Path, name: str) -> None:
    """Sign a published EDITION with another KEY, as its approver does."""
    added = proofs.add_signature(call.settings, editions.find(call.settings, edition), key, name)
    call.answer(added, f"{name} signed {added.edition}: {added.file}")


@group.command("stamp-request")
@with_call
@click.argument("edition")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def stamp_request(call: Call, edition: str, file: Path) -> None:
    """Write a request for a time stamp (RFC 3161) of EDITION to FILE, to carry to an authority."""
    asked = proofs.stamp_request(editions.find(call.settings, edition), file)
    call.answer(
        asked,
        f"{asked.file} asks for a time stamp of {asked.edition}: bring the authority's response back with "
        "`minsheng editions stamp-accept`",
    )


@group.command("stamp-accept")
@with_call
@click.argument("edition")
@click.argument("response", type=_FILE)
@click.option("--authority", type=_FILE, required=True, help="The authority's root certificate (PEM).")
def stamp_accept(call: Call, edition: str, response: Path, authority: Path) -> None:
    """Keep an authority's RESPONSE with EDITION, once it is proved under the root certificate."""
    stamped = proofs.accept_stamp(call.settings, editions.find(call.settings, edition), response, authority)
    call.answer(stamped, f"{stamped.edition} was there at {stamped.stamped_at}: {stamped.file}")


@click.command("open")
@with_call
@click.argument("edition", default="current")
def open_report(call: Call, edition: str) -> None:
    """Show the report of EDITION, by default the newest, in the browser of this machine.

    Its path is printed in any case, for machines without one.
    """
    found = editions.find(call.settings, edition)
    page = found.path / REPORT_PAGE
    if not page.is_file():
        raise MinshengError(f"{found.name} has no {REPORT_PAGE}: see `minsheng editions verify`")
    if not call.as_json:
        click.launch(str(page))
    call.answer({"edition": found.name, "report": str(page)}, str(page))


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
        raise UsageError("Give one query: as an argument, by -f FILE, or `-` for standard input")
    text = file.read() if file else sys.stdin.read() if sql == "-" else str(sql)
    answer = editions.query(editions.find(call.settings, edition), text)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    for_people = _csv(answer) if as_csv else _table(answer)
    call.answer({"edition": answer.edition, "columns": answer.columns, "rows": rows}, for_people)


def _change(change: Change) -> list[str]:
    figure = f"{plain(change.actual_before)} to {plain(change.actual_after)} {change.unit}"
    head = (
        f"  {change.target_code} {change.window_start} {change.indicator_name}: {figure}, "
        f"{change.status_before} to {change.status_after}"
    )
    return [head, *(f"    {_cause(cause)}" for cause in change.causes)]


def _cause(cause: Cause) -> str:
    effect = "" if cause.effect is None else f" {cause.effect.normalize():+f}"
    source = (
        f", {cause.organization_code} {cause.file_name} ({cause.submission_id})"
        if cause.submission_id
        else ""
    )
    return f"{cause.cause} {cause.cause_zh}{effect}{source}"


def _summary(manifest: dict[str, object]) -> dict[str, object]:
    names = ("published_at", "reason", "as_of", "is_sample", "approved_by", "plan_version", "code_version")
    return {name: manifest[name] for name in names}


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
