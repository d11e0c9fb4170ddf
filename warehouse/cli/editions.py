"""`minsheng publish`, `editions` and `open`: making editions, walking them, showing them."""

from __future__ import annotations

from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from warehouse import editions
from warehouse.cli.help import Commands
from warehouse.cli.options import Call, period_option, plain, with_call, with_common_options
from warehouse.cli.wording import counted, moment, status
from warehouse.difference import Cause, Change
from warehouse.editions import proofs
from warehouse.editions.verify import Chain
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.snapshot.report.pages import REPORT_PAGE

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
    published = _("Published {edition}: {folder}").format(edition=edition.name, folder=edition.folder)
    if not as_public:
        call.answer(edition, published)
        return
    public = editions.publish_public(call.settings, edition)
    variant = _("Public variant: {folder}, {indicators} withheld in part or whole").format(
        folder=public.folder, indicators=counted("{} indicator", "{} indicators", len(public.withheld))
    )
    call.answer({**asdict(edition), "public": asdict(public)}, f"{published}\n{variant}")


@click.group("editions", cls=Commands)
@with_common_options
def group() -> None:
    """List, show and verify what was published."""


@group.command("list")
@with_call
def list_editions(call: Call) -> None:
    """List every edition, with its reason."""
    known = editions.editions_of(call.settings)
    rows = [{"edition": one.name, "folder": one.folder, **_summary(one.manifest())} for one in known]
    call.answer(rows, "\n".join(map(_listed, rows)) or _("No edition is published yet"))


@group.command()
@with_call
@click.argument("edition", default="current")
def show(call: Call, edition: str) -> None:
    """Show the manifest of EDITION: 2025-03, 2025-03/r2, or by default the newest."""
    found = editions.find(call.settings, edition)
    manifest = found.manifest()
    summary = _summary(manifest) | {"published_at": moment(manifest["published_at"])}
    lines = [found.name, *(f"  {name}: {value}" for name, value in summary.items())]
    for name, facts in manifest["files"].items():
        size = counted("{} byte", "{} bytes", facts["bytes"])
        lines.append(f"  {name}  {size}  {facts['sha256'][:12]}")
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
    head = _("{before} to {after}: {changes}").format(
        before=found.before,
        after=found.after,
        changes=counted("{} figure changed", "{} figures changed", len(found.changes)),
    )
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
    call.answer(chain, _holds(chain))


@group.command()
@with_call
@click.argument("edition")
@click.argument("key", type=_FILE)
@click.option("--name", required=True, help="Who signs, as allowed_signers has the key.")
def sign(call: Call, edition: str, key: Path, name: str) -> None:
    """Sign a published EDITION with another KEY, as its approver does."""
    added = proofs.add_signature(call.settings, editions.find(call.settings, edition), key, name)
    call.answer(
        added, _("{name} signed {edition}: {file}").format(name=name, edition=added.edition, file=added.file)
    )


@group.command("stamp-request")
@with_call
@click.argument("edition")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def stamp_request(call: Call, edition: str, file: Path) -> None:
    """Write a request for a time stamp (RFC 3161) of EDITION to FILE, to carry to an authority."""
    asked = proofs.stamp_request(editions.find(call.settings, edition), file)
    call.answer(
        asked,
        _(
            "{file} asks for a time stamp of {edition}: bring the authority's response back with "
            "`minsheng editions stamp-accept`"
        ).format(file=asked.file, edition=asked.edition),
    )


@group.command("stamp-accept")
@with_call
@click.argument("edition")
@click.argument("response", type=_FILE)
@click.option("--authority", type=_FILE, required=True, help="The authority's root certificate (PEM).")
def stamp_accept(call: Call, edition: str, response: Path, authority: Path) -> None:
    """Keep an authority's RESPONSE with EDITION, once it is proved under the root certificate."""
    stamped = proofs.accept_stamp(call.settings, editions.find(call.settings, edition), response, authority)
    call.answer(
        stamped,
        _("{edition} was there at {moment}: {file}").format(
            edition=stamped.edition, moment=moment(stamped.stamped_at), file=stamped.file
        ),
    )


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
        raise MinshengError(
            _("{edition} has no {page}: see `minsheng editions verify`").format(
                edition=found.name, page=REPORT_PAGE
            )
        )
    if not call.as_json:
        click.launch(str(page))
    call.answer({"edition": found.name, "report": str(page)}, str(page))


def _listed(row: dict[str, Any]) -> str:
    return f"{row['edition']}  {moment(row['published_at'])}  {row['reason']}"


def _holds(chain: Chain) -> str:
    """Return what holds of the chain of editions, each kind with its count."""
    counts = [
        (True, counted("{} edition", "{} editions", len(chain.editions))),
        (True, counted("{} public variant", "{} public variants", len(chain.public))),
        (True, counted("{} file", "{} files", chain.files)),
        (chain.signed, _("{} signed").format(chain.signed)),
        (chain.stamps, counted("{} time stamp", "{} time stamps", chain.stamps)),
    ]
    holds = _("{counts}: the chain holds").format(counts=", ".join(words for there, words in counts if there))
    if not chain.expected:
        return holds
    return f"{holds}; " + _("{edition} has the expected hash").format(edition=chain.expected)


def _change(change: Change) -> list[str]:
    figure = f"{plain(change.actual_before)} to {plain(change.actual_after)} {change.unit}"
    head = (
        f"  {change.target_code} {change.window_start} {change.indicator_name}: {figure}, "
        f"{status(change.status_before)} to {status(change.status_after)}"
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
