"""The board's web application: reads the ledger, changes nothing, and keeps nobody waiting.

Airflow leaves the applications of plugins open to everybody. Every address here asks for a signed-in user who
may see the runs of `publish_monthly`: of the district that the address names, where there are several.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from airflow.api_fastapi.common.db.common import SessionDep
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from deployment.plugins.board import handbook, pages, runs
from deployment.plugins.board.access import Chosen, Visible, visible
from deployment.plugins.board.pages import Place
from deployment.plugins.board.standing import at_a_glance, latest
from warehouse import obligations
from warehouse.districts import District, installed
from warehouse.errors import LedgerBusyError, MinshengError
from warehouse.periods import Period
from warehouse.published import find
from warehouse.settings import Settings

# What an edition's pages hold was written by departments: they run apart from Airflow's own address.
_APART = {"Content-Security-Policy": "sandbox allow-scripts allow-downloads"}
_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
_Last = Annotated[str | None, Query(pattern=_MONTH)]

# No page that describes the addresses: it would be open to everybody.
app = FastAPI(
    title="民生看板", dependencies=[Depends(visible)], docs_url=None, redoc_url=None, openapi_url=None
)
of_district = APIRouter()
"""The pages of one district: at the front where there is only one, else below its code."""


@app.get("/", response_class=HTMLResponse)
def show_front(request: Request, session: SessionDep, districts: Visible, last: _Last = None) -> HTMLResponse:
    """Show the board of the only district, or one row for each district that the account may see."""
    if installed() is None:
        return show_board(request, session, District(), last)
    rows = [(one, at_a_glance(_impatient(one))) for one in districts]
    return HTMLResponse(pages.districts_page(_place(request, District()), rows))


@of_district.get("/", response_class=HTMLResponse)
def show_board(request: Request, session: SessionDep, district: Chosen, last: _Last = None) -> HTMLResponse:
    """Show the twelve months up to `last`; what was known last, where a writer holds the ledger."""
    shown = latest(_impatient(district), Period.parse(last) if last else None)
    months = [month.period for month in shown.board.months] if shown.board else []
    found = runs.of_months(session, district, months)
    return HTMLResponse(pages.board_page(_place(request, district), shown, found))


@of_district.get("/receipts/{submission_id}", response_class=HTMLResponse)
def show_receipt(request: Request, session: SessionDep, district: Chosen, submission_id: str) -> HTMLResponse:
    """Show what became of one submission, row by row, and the run that took it in."""
    place = _place(request, district)
    try:
        receipt = obligations.receipt_of(_impatient(district), submission_id)
    except LedgerBusyError:
        return HTMLResponse(pages.waiting_page(place), status_code=503, headers={"Retry-After": "5"})
    except MinshengError as error:
        raise HTTPException(404, str(error)) from error
    run = runs.that_took_in(session, district, datetime.fromisoformat(receipt["received_at"]))
    return HTMLResponse(pages.receipt_page(place, receipt, run))


@of_district.get("/editions/{period}/{revision}/{file:path}")
def show_edition(district: Chosen, period: str, revision: str, file: str) -> Response:
    """Hand out one of the files that an edition's manifest names."""
    try:
        edition = find(district.settings(), f"{period}/{revision}")
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
    place = _place(request, District())
    return HTMLResponse(pages.handbook_page(place, *handbook.title_and_body(found)))


@app.exception_handler(MinshengError)
def say_what_is_wrong(_request: Request, error: MinshengError) -> Response:
    """Answer with the error's own sentence: it says what to do."""
    return PlainTextResponse(str(error), status_code=503)


@app.get("/icon.svg")
def show_icon() -> Response:
    """Return the sign in the navigation."""
    return FileResponse(pages.TEMPLATES / "icon.svg", media_type="image/svg+xml")


app.include_router(of_district)
app.include_router(of_district, prefix="/districts/{code}")


def _impatient(district: District) -> Settings:
    """Return the settings of a reader who does not wait for a writer."""
    return district.settings(lock_seconds=0)


def _place(request: Request, district: District) -> Place:
    """Return where the pages of a district are, wherever Airflow is mounted."""
    front = str(request.scope.get("root_path", "")).rstrip("/")
    return Place(front, f"{front}/districts/{district.code}" if district.code else front, district.name)
