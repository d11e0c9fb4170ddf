"""`minsheng retain`: what is old is removed, as every night."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from warehouse import maintenance
from warehouse.cli.options import Call, with_call
from warehouse.cli.wording import counted
from warehouse.clock import now
from warehouse.maintenance import Retention


@click.command()
@with_call
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
@click.option(
    "--logs",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="More logs: Airflow's, for example.",
)
def retain(call: Call, dry_run: bool, logs: Path | None) -> None:
    """Remove old backups, logs, candidates, and old versions of a lakehouse; never an edition or a figure."""
    found = maintenance.retain(call.settings, now().date(), logs, dry_run=dry_run)
    call.answer(found, _text(found, _("would remove") if dry_run else _("removed")))


def _text(found: Retention, verb: str) -> str:
    counts = [
        counted("{} backup", "{} backups", len(found.backups)),
        counted("{} log", "{} logs", len(found.logs)),
        counted("{} folder of logs", "{} folders of logs", len(found.log_folders)),
        counted("{} candidate", "{} candidates", len(found.candidates)),
        counted("{} version of the lakehouse", "{} versions of the lakehouse", found.lakehouse["versions"]),
        counted("{} file of the lakehouse", "{} files of the lakehouse", found.lakehouse["files"]),
    ]
    paths = [*found.backups, *found.logs, *found.log_folders, *found.candidates]
    return "\n".join([*paths, f"{verb}: {', '.join(counts)}"])
