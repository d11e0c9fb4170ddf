"""`minsheng plan`: every fault of a plan folder, its index, and the plan as one workbook and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path

import click

from warehouse.cli.help import Commands
from warehouse.cli.options import Call, FolderType, with_call_anywhere, with_common_options
from warehouse.cli.wording import counted
from warehouse.errors import MinshengError
from warehouse.plan import Checked, drafting, examine, review, workbook
from warehouse.plan import index as plan_index

_folder_argument = click.argument("folder", metavar="[DIR]", type=FolderType("plan folder"), required=False)

_PathType = click.Path(path_type=Path, dir_okay=False)


@click.group(cls=Commands)
@with_common_options
def plan() -> None:
    """Work on the plan folder: what was promised, as data."""


@plan.command()
@with_call_anywhere
@_folder_argument
def check(call: Call, folder: Path | None) -> None:
    """Validate a plan folder (default: the plan in use); exit status 1 where it has a fault."""
    checked = examine(folder or call.settings.plan)
    call.answer(_answer(checked), _text(checked))
    if checked.faults:
        raise MinshengError(
            _("{faults}: mend the lines named above, then check again").format(faults=_faults(checked))
        )


@plan.command()
@with_call_anywhere
@_folder_argument
def index(call: Call, folder: Path | None) -> None:
    """Print every sentence of a plan with the targets that quote it, and back, as a Markdown page."""
    written = plan_index(folder or call.settings.plan)
    call.answer(
        {"sentences": [asdict(sentence) for sentence in written.sentences]}, written.page.rstrip("\n")
    )


@plan.command("export")
@with_call_anywhere
@click.argument("file", metavar="FILE.xlsx", type=_PathType)
def export_plan(call: Call, file: Path) -> None:
    """Write the plan in use (--plan names another) to one workbook, with its faults marked in the cells."""
    written = workbook.export(call.settings.plan, file)
    call.answer(
        written,
        _("{path}: the plan {plan}, {cells} at fault, {to_confirm} to confirm (待确认)").format(
            path=written.path,
            plan=written.plan,
            cells=counted("{} cell", "{} cells", written.faults),
            to_confirm=written.to_confirm,
        ),
    )


@plan.command("import")
@with_call_anywhere
@click.argument("file", metavar="FILE.xlsx", type=_PathType)
@click.argument("folder", metavar="DIR", type=FolderType("plan folder"))
@click.option("--yes", is_flag=True, help="Take the difference into a folder that is there already.")
def import_plan(call: Call, file: Path, folder: Path, *, yes: bool) -> None:
    """Show what a workbook changes in a plan folder, and take it: into a new one at once."""
    taken = workbook.take(file, folder, is_confirmed=yes)
    call.answer(taken, "\n".join(_told_of(taken)))


@plan.command("draft")
@with_call_anywhere
@click.argument("document", metavar="TEXT", type=_PathType)
@click.argument("folder", metavar="DIR", type=FolderType("plan folder"))
def draft_plan(call: Call, document: Path, folder: Path) -> None:
    """Draft a new plan folder from a plan's text (.txt, .docx, .pdf); what is guessed says 待确认.

    Where the text is of the district of the plan in use (--plan), its areas are taken from there.
    """
    known = examine(call.settings.plan).plan if call.settings.plan.is_dir() else None
    written = drafting.draft(document, folder, known)
    call.answer(
        written,
        _(
            "{folder}: {commitments}, {organizations}, {indicators}, {targets}, {to_confirm} to confirm "
            "(待确认), {undecided} undecided, listed in undecided.csv"
        ).format(
            folder=written.folder,
            commitments=counted("{} commitment", "{} commitments", written.commitments),
            organizations=counted("{} organization", "{} organizations", written.organizations),
            indicators=counted("{} indicator", "{} indicators", written.indicators),
            targets=counted("{} target", "{} targets", written.targets),
            to_confirm=written.to_confirm,
            undecided=written.undecided,
        ),
    )


@plan.command("review")
@with_call_anywhere
@_folder_argument
@click.option("--open", "is_opened", is_flag=True, help="Open the page in the browser of this machine.")
def review_plan(call: Call, folder: Path | None, *, is_opened: bool) -> None:
    """Write review.html into a plan folder: each sentence beside what was made of it, open points first."""
    written = review.review(folder or call.settings.plan)
    call.answer(
        written,
        _("{path}: {faults}, {undecided} undecided, {to_confirm} to confirm (待确认)").format(
            path=written.path,
            faults=counted("{} fault", "{} faults", written.faults),
            undecided=written.undecided,
            to_confirm=written.to_confirm,
        ),
    )
    if is_opened:
        click.launch(written.path)


def _told_of(taken: workbook.Taken) -> Iterator[str]:
    yield from map(str, taken.differences)
    if taken.has_moved_on:
        yield _(
            "{folder} was changed after this workbook was exported: what is not in the workbook is taken "
            "back by the difference above"
        ).format(folder=taken.folder)
    yield from taken.faults
    if taken.faults:
        faults = counted("{} fault", "{} faults", len(taken.faults))
        yield _("{faults}, each named by its cell: mend them in the workbook").format(faults=faults)
    if taken.is_taken:
        yield _("{folder} holds the workbook's plan").format(folder=taken.folder)
    elif taken.differences:
        differences = counted("this difference", "these {} differences", len(taken.differences))
        yield _("{folder} is as it was: add --yes to take {differences}").format(
            folder=taken.folder, differences=differences
        )
    else:
        yield _("{folder} holds the same as the workbook").format(folder=taken.folder)


def _answer(checked: Checked) -> dict[str, object]:
    return {
        "plan": str(checked.folder),
        "plan_version": checked.plan_version,
        "faults": [asdict(fault) for fault in checked.faults],
        "counts": checked.counts,
    }


def _text(checked: Checked) -> str:
    if checked.faults:
        codes = Counter(fault.code for fault in checked.faults).most_common()
        return "\n".join([*map(str, checked.faults), "", *(f"{count:5} {code}" for code, count in codes)])
    counts = checked.counts
    comparators = ", ".join(f"{count} {name}" for name, count in counts["targets_by_comparator"].items())
    return _(
        "The plan {folder} has no fault: {organizations}, {commitments}, {indicators}, {targets} "
        "({comparators}); plan version {version}"
    ).format(
        folder=checked.folder,
        organizations=counted("{} organization", "{} organizations", counts["organizations"]),
        commitments=counted("{} commitment", "{} commitments", counts["commitments"]),
        indicators=counted("{} indicator", "{} indicators", counts["indicators"]),
        targets=counted("{} target", "{} targets", counts["targets"]),
        comparators=comparators,
        version=checked.plan_version,
    )


def _faults(checked: Checked) -> str:
    faults = counted("{} fault", "{} faults", len(checked.faults))
    files = counted("{} file", "{} files", len({fault.file for fault in checked.faults}))
    return _("{faults} in {files} of the plan {folder}").format(
        faults=faults, files=files, folder=checked.folder
    )
