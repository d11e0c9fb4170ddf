"""The board's pages, rendered on the server: what a reader sees needs no script."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from deployment.plugins.board.runs import ShownRun
from deployment.plugins.board.standing import MONTHS, Shown
from warehouse.clock import in_words
from warehouse.districts import District
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


@dataclass(frozen=True)
class Place:
    """Where pages are: addresses without their last slash."""

    front: str
    """The plugin's own, whose parent is Airflow's."""
    root: str
    """The district's; the front where there is only one."""
    district: str
    """The district's name; empty where there is only one."""


def districts_page(place: Place, rows: list[tuple[District, Board | str]]) -> str:
    """Render one row for each district: its newest month, or why it cannot be shown."""
    shown = [(district, _month(board) if isinstance(board, Board) else board) for district, board in rows]
    return _rendered("districts.html.j2", place, rows=shown)


def _month(board: Board) -> dict[str, Any]:
    """Add the departments of a board's newest month up."""
    cells = [cell for row in board.rows if (cell := row.cells[-1])]
    return {
        "month": board.months[-1],
        "expected": sum(cell.expected for cell in cells),
        "received": sum(cell.received for cell in cells),
        "refused": sum(cell.rows_refused for cell in cells),
        "newest_edition": board.newest_edition,
        "last_received_at": board.last_received_at,
        "incidents": len(board.incidents),
    }


def board_page(place: Place, shown: Shown, runs: dict[str, ShownRun]) -> str:
    """Render the board of one district."""
    if shown.board is None:
        return waiting_page(place)
    first, last = Period.parse(shown.board.months[0].period), Period.parse(shown.board.months[-1].period)
    return _rendered(
        "board.html.j2",
        place,
        board=shown.board,
        is_current=shown.is_current,
        runs=runs,
        totals=_totals(shown.board),
        earlier=str(first + -1),
        later=str(last + MONTHS),
    )


def waiting_page(place: Place) -> str:
    """Render the page of a ledger that a writer holds."""
    return _rendered("waiting.html.j2", place)


def receipt_page(place: Place, receipt: dict[str, Any], run: ShownRun | None) -> str:
    """Render a receipt, with a link to the run that took the submission in."""
    received = in_words(datetime.fromisoformat(receipt["received_at"]))
    status_zh = STATUS_ZH[receipt["status"]]
    return _rendered(
        "receipt.html.j2", place, receipt=receipt, run=run, received=received, status_zh=status_zh
    )


def handbook_page(place: Place, title: str, body: str) -> str:
    """Render a document of the project, whose body is HTML made of its own Markdown."""
    return _rendered("handbook.html.j2", place, title=title, body=body)


def _totals(board: Board) -> Counter[str]:
    """Count the departments' months by standing, and those in which something was refused."""
    cells = [cell for row in board.rows for cell in row.cells if cell]
    refused = Counter(refused=sum(_is_refused(cell) for cell in cells))
    return Counter(cell.standing for cell in cells) + refused


def _is_refused(cell: Obligation) -> bool:
    return bool(cell.rows_refused or cell.files_refused)


def _rendered(template: str, place: Place, **facts: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(standings=STANDINGS, verdicts=VERDICTS, run_states=RUN_STATES)
    return environment.get_template(template).render(
        front=place.front, root=place.root, district=place.district, **facts
    )
