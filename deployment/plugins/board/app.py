"""The board's web application: reads the ledger, changes nothing, and keeps nobody waiting.

Airflow leaves the applications of plugins open to everybody. Every address here asks for a signed-in user who
may see the runs of `publish_monthly`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.common.db.common import SessionDep
from airflow.api_fastapi.core_api.security import requires_access_dag
from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from deployment.plugins.board import handbook, pages, runs
from deployment.plugins.board.standing import latest
from warehouse import obligations
from warehouse.errors import LedgerBusyError, MinshengError
from warehouse.periods import Period
from warehouse.published import find
from warehouse.settings import Settings

_MAY_SEE_RUNS = requires_access_dag("GET", DagAccessEntity.RUN, runs.PUBLISHING)
# What an edition's pages hold was written by departments: they run apart from Airflow's own address.
_APART = {"Content-Security-Policy": "sandbox allow-scripts allow-downloads"}
_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"

# No page that describes the addresses: it would be open to everybody.
app = FastAPI(
    title="民生看板", dependencies=[Depends(_MAY_SEE_RUNS)], docs_url=None, redoc_url=None, openapi_url=None
)


@app.get("/", response_class=HTMLResponse)
def show_board(
    request: Request, session: SessionDep, last: Annotated[str | None, Query(pattern=_MONTH)] = None
) -> HTMLResponse:
    """Show the twelve months up to `last`; what was known last, where a writer holds the ledger."""
    shown = latest(_impatient(), Period.parse(last) if last else None)
    months = [month.period for month in shown.board.months] if shown.board else []
    return HTMLResponse(pages.board_page(_root(request), shown, runs.of_months(session, months)))


@app.get("/receipts/{submission_id}", response_class=HTMLResponse)
def show_receipt(request: Request, session: SessionDep, submission_id: str) -> HTMLResponse:
    """Show what became of one submission, row by row, and the run that took it in."""
    try:
        receipt = obligations.receipt_of(_impatient(), submission_id)
    except LedgerBusyError:
        return HTMLResponse(pages.waiting_page(_root(request)), status_code=503, headers={"Retry-After": "5"})
    except MinshengError as error:
        raise HTTPException(404, str(error)) from error
    run = runs.that_took_in(session, datetime.fromisoformat(receipt["received_at"]))
    return HTMLResponse(pages.receipt_page(_root(request), receipt, run))


@app.get("/editions/{period}/{revision}/{file:path}")
def show_edition(period: str, revision: str, file: str) -> Response:
    """Hand out one of the files that an edition's manifest names."""
    try:
        edition = find(Settings(), f"{period}/{revision}")
    except MinshengError as error:
        raise HTTPException(404, str(error)) from error
    if file not in edition.manifest()["files"]:
        raise HTTPException(404, f"{edition.name} has no file {file}")
    return FileResponse(edition.path / file, headers=_APART)


@app.get("/handbook/{path:path}")
def show_handbook(request: Request, path: str) -> Response:
    """Show one of the project's documents, or a picture in it."""
    try:
        found = handbook.document(path)
    except MinshengError as error:
        raise HTTPException(404, str(error)) from error
    if found.suffix != ".md":
        return FileResponse(found)
    return HTMLResponse(pages.handbook_page(_root(request), *handbook.title_and_body(found)))


@app.exception_handler(MinshengError)
def say_what_is_wrong(_request: Request, error: MinshengError) -> Response:
    """Answer with the error's own sentence: it says what to do."""
    return PlainTextResponse(str(error), status_code=503)


@app.get("/icon.svg")
def show_icon() -> Response:
    """Return the sign in the navigation."""
    return FileResponse(pages.TEMPLATES / "icon.svg", media_type="image/svg+xml")


def _impatient() -> Settings:
    """Return the settings of a reader who does not wait for a writer."""
    return Settings(lock_seconds=0)


def _root(request: Request) -> str:
    """Return the address of the board without its last slash, wherever Airflow is mounted."""
    return str(request.scope.get("root_path", "")).rstrip("/")
