"""`minsheng plan`: every fault of a plan folder, and its index from sentence to target and back."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from warehouse.cli.options import Call, FolderType, with_call_anywhere, with_common_options
from warehouse.errors import MinshengError
from warehouse.plan import Checked, examine
from warehouse.plan import index as plan_index

_folder_argument = click.argument("folder", metavar="[DIR]", type=FolderType("plan folder"), required=False)


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
