"""Every reader of what was due and what came gives the same answer: receipt, status and marts."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.prepared import Prepared
from tests.progress.compiled import CompiledProject, compiled_project
from warehouse import ledger
from warehouse.intake.records import record_older_submissions
from warehouse.obligations.standing import standings
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

FIRST, LAST = Period(2023, 3), Period(2023, 7)
MONTHS = [str(period) for period in FIRST.through(LAST)]
BEGINNING, DAYS = date(2023, 4, 1), 160
DISTRICT, EAST, WEST = "999999", "999999001", "999999002"
# Two that add up, so that a running total holds earlier months, and one that does not.
PLACES = [("SAF-002", DISTRICT), ("EMP-001", EAST), ("EMP-001", WEST), ("AIR-001", DISTRICT)]
OWNERS = {"SAF-002": "ENVIRONMENT", "AIR-001": "ENVIRONMENT", "EMP-001": "LABOUR"}
DOES_NOT_ADD_UP = "AIR-001"
RECEIPTS = PROJECT / "warehouse" / "intake" / "receipts"

Figure = tuple[str, str, str]


@dataclass(frozen=True)
class Statement:
    """One row that was accepted, on a day after the beginning."""

    day: int
    indicator_code: str
    area_code: str
    period: str
    kind: str

    @property
    def figure(self) -> Figure:
        return (self.indicator_code, self.area_code, self.period)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    indicator, area = draw(st.sampled_from(PLACES))
    kinds = ["figure", "nil", "withdrawal"] + ([] if indicator == DOES_NOT_ADD_UP else ["total", "opening"])
    return Statement(
        draw(st.integers(0, DAYS - 1)),
        indicator,
        area,
        draw(st.sampled_from(MONTHS)),
        draw(st.sampled_from(kinds)),
    )


histories = st.lists(statements(), max_size=25).map(lambda drawn: sorted(drawn, key=lambda one: one.day))
days = st.integers(0, DAYS).map(lambda number: BEGINNING + timedelta(number))


def missing_by_definition(history: list[Statement], day: date) -> set[Figure]:
    """Return the figures that nothing answers for at the end of a day: the contract said in Python."""
    newest: dict[Figure, str] = {}
    for one in history:
        if BEGINNING + timedelta(one.day) <= day:
            newest[one.figure] = one.kind
    stated = {figure for figure, kind in newest.items() if kind != "withdrawal"}
    totals = {figure for figure, kind in newest.items() if kind in ("total", "opening")}
    covered = {
        (indicator, area, month)
        for indicator, area, last in totals
        for month in MONTHS
        if indicator != DOES_NOT_ADD_UP and month < last
    }
    asked = {(indicator, area, month) for indicator, area in PLACES for month in MONTHS}
    return asked - stated - covered


@pytest.fixture(scope="module")
def compiled(prepared: Prepared) -> CompiledProject:
    return compiled_project(prepared)


@dataclass
class Office:
    """A district whose ledger holds one history."""

    settings: Settings

    def receive(self, history: list[Statement]) -> None:
        """Append each statement as a submission of its own."""
        with ledger.writing(self.settings) as connection:
            for number, one in enumerate(history, start=1):
                _append(connection, number, one)
            record_older_submissions(self.settings, connection)

    def missing_for_status(self, day: date) -> set[Figure]:
        with ledger.reading(self.settings) as connection:
            found = standings(connection, FIRST, LAST, day)
        return {
            (one["indicator_code"], one["area_code"], one["period"])
            for organization in found
            for one in organization.missing_figures
            if (one["indicator_code"], one["area_code"]) in PLACES
        }

    def counts_for_status(self, day: date) -> dict[tuple[str, str], tuple[int, ...]]:
        """Return how many figures were due, came, and came in time, by organization and round."""
        with ledger.reading(self.settings) as connection:
            found = standings(connection, FIRST, LAST, day)
        return {
            (one.organization_code, one.period): (one.expected, one.received, one.on_time) for one in found
        }

    def missing_on_receipts(self) -> set[Figure]:
        asked_of = {"organization_codes": sorted(set(OWNERS.values())), "periods": MONTHS}
        with ledger.reading(self.settings) as connection:
            connection.execute(
                "create temp table answered_months as "
                "select code as submission_id, code as organization_code, period "
                "from unnest($organization_codes) as codes (code), unnest($periods) as periods (period)",
                asked_of,
            )
            connection.execute((RECEIPTS / "due.sql").read_text(encoding="utf-8"), asked_of)
            rows = connection.execute(
                (RECEIPTS / "missing.sql").read_text(encoding="utf-8"),
                {
                    "indicator_codes": list({indicator for indicator, _ in PLACES}),
                    "area_codes": list({area for _, area in PLACES}),
                },
            ).fetchall()
        return {
            (indicator, area, period)
            for _, period, indicator, _, area, _, _ in rows
            if (indicator, area) in PLACES and period in MONTHS
        }


def _append(connection: duckdb.DuckDBPyConnection, number: int, one: Statement) -> None:
    moment = datetime.combine(BEGINNING + timedelta(one.day), datetime.min.time()) + timedelta(seconds=number)
    identity, owner = f"{number:016d}", OWNERS[one.indicator_code]
    value = None if one.kind == "withdrawal" else 0 if one.kind == "nil" else 5
    connection.execute(
        "insert into ledger.submissions select $identity, $number, $owner, 'sample.csv', repeat('0', "
        "64), 1, 'csv', "
        "$moment, 'accepted', true, 2, 1, 0, 0, 0, 1",
        {"identity": identity, "number": number, "owner": owner, "moment": moment},
    )
    connection.execute(
        "insert into ledger.observations by name select $identity as submission_id, $number as sequence, "
        "'' as sheet, "
        "2 as row_number, $owner as organization_code, $indicator as indicator_code, $area as area_code, "
        "$period as period, $kind as kind, $value as value, $moment as recorded_at",
        {
            "identity": identity, "number": number, "owner": owner, "indicator": one.indicator_code,
            "area": one.area_code, "period": one.period, "kind": one.kind, "value": value, "moment": moment,
        },
    )  # fmt: skip


def _office(silent_home: Path, folder: str, history: list[Statement]) -> Office:
    made = Settings(
        home=shutil.copytree(silent_home, Path(folder) / "home"), plan=PROJECT / "tests" / "plans" / "minimal"
    )
    office = Office(made)
    office.receive(history)
    return office


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, day=days)
def test_status_and_receipts_miss_exactly_what_nothing_answers_for(
    silent_home: Path, history: list[Statement], day: date
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = _office(silent_home, folder, history)

        assert office.missing_for_status(day) == missing_by_definition(history, day)
        assert office.missing_on_receipts() == missing_by_definition(history, BEGINNING + timedelta(DAYS))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, day=days)
def test_the_marts_of_a_day_miss_exactly_what_nothing_answers_for(
    silent_home: Path, compiled: CompiledProject, history: list[Statement], day: date
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = _office(silent_home, folder, history)

        candidate = compiled.build(office.settings, LAST, day)

        with duckdb.connect(str(candidate.marts), read_only=True) as marts:
            assert _counts_of(marts) == office.counts_for_status(day)
            assert missing_by_definition(history, day).isdisjoint(_figures_with_an_answer(marts))


def _counts_of(marts: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[int, ...]]:
    rows = marts.execute(
        "select organization_code, period, figures_expected, figures_received, figures_on_time "
        "from marts.submission_compliance where period between $first and $last",
        {"first": str(FIRST), "last": str(LAST)},
    ).fetchall()
    return {(code, period): tuple(counts) for code, period, *counts in rows}


def _figures_with_an_answer(marts: duckdb.DuckDBPyConnection) -> set[Figure]:
    rows = marts.execute(
        "select indicator_code, area_code, period from marts.indicator_monthly "
        "where source = 'own' or covered_by is not null"
    ).fetchall()
    return {(indicator, area, period) for indicator, area, period in rows}


def test_a_series_that_a_person_ruled_to_be_totals_answers_for_its_earlier_months_from_then_on(
    silent_home: Path, tmp_path: Path
) -> None:
    june = Statement(80, "SAF-002", DISTRICT, "2023-06", "figure")
    office = _office(silent_home, str(tmp_path), [june])
    decided = BEGINNING + timedelta(100)
    with ledger.writing(office.settings) as connection:
        for number, verdict in enumerate(("totals", "months")):
            connection.execute(
                "insert into ledger.rulings by name "
                "select $id as ruling_id, 'cumulative' as kind, $key as key, "
                "$verdict as verdict, $by as decided_by, $by as note, $at as decided_at",
                {
                    "id": str(number),
                    "key": "SAF-002/999999/2023",
                    "verdict": verdict,
                    "by": "样例审批人",
                    "at": datetime.combine(decided + timedelta(9 * number), datetime.min.time()),
                },
            )

    missing = {
        name: "2023-05" in {period for code, _, period in office.missing_for_status(day) if code == "SAF-002"}
        for name, day in {
            "before": decided - timedelta(1),
            "ruled": decided,
            "ruled otherwise": decided + timedelta(9),
        }.items()
    }

    assert missing == {"before": True, "ruled": False, "ruled otherwise": True}
