"""The board's pages, rendered on the server: what a reader sees needs no script."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from deployment.plugins.board.runs import ShownRun
from deployment.plugins.board.standing import MONTHS, Shown
from warehouse.intake.receipts.receipt import STATUS_ZH
from warehouse.obligations import Board, Obligation
from warehouse.periods import Period

TEMPLATES = Path(__file__).with_name("templates")
# A sign and a word for each standing, so that no meaning hangs on a colour.
STANDINGS = {
    "complete": ("✓", "按时报齐"),
    "complete_late": ("◑", "迟报"),
    "awaited": ("◷", "待报"),
    "overdue": ("✗", "逾期未报"),
    "nothing_due": ("–", "无应报"),
}
VERDICTS = {"blocked": ("⊘", "被拦下"), "warned": ("⚠", "待批准"), "passed": ("◌", "待发布")}
RUN_STATES = {"success": "运行成功", "failed": "运行失败", "running": "运行中", "queued": "排队中"}


def board_page(root: str, shown: Shown, runs: dict[str, ShownRun]) -> str:
    """Render the board; `root` is its own address, whose parent is Airflow's."""
    if shown.board is None:
        return waiting_page(root)
    first, last = Period.parse(shown.board.months[0].period), Period.parse(shown.board.months[-1].period)
    return _rendered(
        "board.html.j2",
        root=root,
        board=shown.board,
        is_current=shown.is_current,
        runs=runs,
        totals=_totals(shown.board),
        earlier=str(first + -1),
        later=str(last + MONTHS),
    )


def waiting_page(root: str) -> str:
    """Render the page of a ledger that a writer holds."""
    return _rendered("waiting.html.j2", root=root)


def receipt_page(root: str, receipt: dict[str, Any], run: ShownRun | None) -> str:
    """Render a receipt, with a link to the run that took the submission in."""
    status_zh = STATUS_ZH[receipt["status"]]
    return _rendered("receipt.html.j2", root=root, receipt=receipt, run=run, status_zh=status_zh)


def handbook_page(root: str, title: str, body: str) -> str:
    """Render a document of the project, whose body is HTML made of its own Markdown."""
    return _rendered("handbook.html.j2", root=root, title=title, body=body)


def _totals(board: Board) -> Counter[str]:
    """Count the departments' months by standing, and those in which something was refused."""
    cells = [cell for row in board.rows for cell in row.cells if cell]
    refused = Counter(refused=sum(_is_refused(cell) for cell in cells))
    return Counter(cell.standing for cell in cells) + refused


def _is_refused(cell: Obligation) -> bool:
    return bool(cell.rows_refused or cell.files_refused)


def _rendered(template: str, **facts: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(standings=STANDINGS, verdicts=VERDICTS, run_states=RUN_STATES)
    return environment.get_template(template).render(**facts)
