"""`minsheng plan`: every fault of a plan folder, its index, and the plan as one workbook and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from warehouse.cli.options import Call, FolderType, with_call_anywhere, with_common_options
from warehouse.errors import MinshengError
from warehouse.plan import Checked, drafting, examine, review, workbook
from warehouse.plan import index as plan_index

_folder_argument = click.argument("folder", metavar="[DIR]", type=FolderType("plan folder"), required=False)

_PathType = click.Path(path_type=Path, dir_okay=False)


@click.group()
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
        raise MinshengError(f"{_faults(checked)}: mend the lines named above, then check again")


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
        f"{written.path}: the plan {written.plan}, {written.faults} cells at fault, "
        f"{written.to_confirm} to confirm (待确认)",
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
        f"{written.folder}: {written.commitments} commitments, {written.organizations} organizations, "
        f"{written.indicators} indicators, {written.targets} targets, "
        f"{written.to_confirm} to confirm (待确认), {written.undecided} undecided, listed in undecided.csv",
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
        f"{written.path}: {written.faults} faults, {written.undecided} undecided, "
        f"{written.to_confirm} to confirm (待确认)",
    )
    if is_opened:
        click.launch(written.path)


def _told_of(taken: workbook.Taken) -> Iterator[str]:
    yield from map(str, taken.differences)
    if taken.has_moved_on:
        yield (
            f"{taken.folder} was changed after this workbook was exported: "
            "what is not in the workbook is taken back by the difference above"
        )
    yield from taken.faults
    if taken.faults:
        yield f"{len(taken.faults)} faults, each named by its cell: mend them in the workbook"
    if taken.is_taken:
        yield f"{taken.folder} holds the workbook's plan"
    elif taken.differences:
        yield f"{taken.folder} is as it was: add --yes to take these {len(taken.differences)} differences"
    else:
        yield f"{taken.folder} holds the same as the workbook"


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
    return (
        f"The plan {checked.folder} has no fault: {counts['organizations']} organizations, "
        f"{counts['commitments']} commitments, {counts['indicators']} indicators, "
        f"{counts['targets']} targets ({comparators}); plan version {checked.plan_version}"
    )


def _faults(checked: Checked) -> str:
    count = len(checked.faults)
    files = len({fault.file for fault in checked.faults})
    return (
        f"{count} fault{'s' * (count != 1)} in {files} file{'s' * (files != 1)} of the plan {checked.folder}"
    )
