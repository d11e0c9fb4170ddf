"""Three districts on one server with PostgreSQL: each has its months, people and faults for itself.

What a district's account may see is in test_district_access.py, what its DAGs do in test_district_runs.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from deployment.embedded import Api, Run
from tests.airflow.conftest import FIRST, SILENT, drop_samples
from tests.airflow.served import served
from tests.airflow.server import Server
from tests.districts.lists import entry, write
from tests.prepared import Prepared
from tests.services.disks import small_disk
from warehouse.districts import District, read
from warehouse.editions import editions_of
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.settings import PROJECT

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.services, pytest.mark.long]

PLANS = PROJECT / "tests" / "plans"
SHIPPED, MINIMAL, CITY = "210504", "999999", "888800"
MONTHS = {SHIPPED: FIRST, MINIMAL: FIRST, CITY: Period(2024, 12)}


@pytest.fixture(scope="module")
def listing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped plan and the two plans of the documentation."""
    place = tmp_path_factory.mktemp("districts")
    return write(
        place / "list.yml",
        entry(SHIPPED, plan=PROJECT / "seeds"),
        entry(MINIMAL),
        entry(CITY, plan=PLANS / "other-city"),
    )


@pytest.fixture(scope="module")
def districts(listing: Path) -> dict[str, District]:
    return {one.code: one for one in read(listing).districts}


@pytest.fixture(scope="module")
def server(prepared: Prepared, listing: Path, districts: dict[str, District]) -> Iterator[Server]:
    """A server for the three; the first of them has submissions in its inboxes."""
    with served(prepared, lambda made: made.work_for(listing)) as made:
        made.make_pools_and_roles()
        drop_samples(districts[SHIPPED].settings(), MONTHS[SHIPPED])
        made.read_compose("", "LocalExecutor")
        for name in ("api-server", "dag-processor", "scheduler"):
            made.start(name)
        made.wait_until_ready({"scheduler", "dag-processor"})
        yield made


@pytest.fixture(scope="module")
def account(server: Server, districts: dict[str, District]) -> Api:
    """A person who has the role of the district with the smallest plan."""
    role = districts[MINIMAL].role
    assert role
    return server.make_account("minimal", role)


def publish(server: Server, code: str, month: Period) -> Run:
    return server.api.trigger(f"{code}.publish_monthly", str(month))


def published(district: District) -> list[str]:
    return [edition.name for edition in editions_of(district.settings())]


def waiting(district: District) -> list[Path]:
    return [path for path in district.settings().inbox.rglob("*.*") if path.is_file()]


def previews(server: Server, code: str) -> list[Run]:
    return [run for run in server.api.runs(f"{code}.refresh_progress") if run.run_type == "asset_triggered"]


def test_an_intake_previews_its_own_district_and_no_other(
    server: Server, districts: dict[str, District]
) -> None:
    taken_in = server.api.trigger(f"{SHIPPED}.ingest_submissions")

    assert server.end_of(taken_in) == "success"
    server.wait(lambda: bool(previews(server, SHIPPED)) and previews(server, SHIPPED)[0].has_ended)
    assert waiting(districts[SHIPPED]) == []
    assert [previews(server, code) for code in (MINIMAL, CITY)] == [[], []]


def test_months_of_different_districts_are_built_at_once_and_published_each_in_its_home(
    server: Server, districts: dict[str, District]
) -> None:
    for code in (MINIMAL, CITY):
        drop_samples(districts[code].settings(), MONTHS[code])
    taken_in = [server.api.trigger(f"{code}.ingest_submissions") for code in (MINIMAL, CITY)]
    assert {server.end_of(run) for run in taken_in} == {"success"}

    begun = [publish(server, code, month) for code, month in MONTHS.items()]

    assert [server.end_of(run) for run in begun] == ["success"] * 3
    assert {code: published(one) for code, one in districts.items()} == {
        code: [f"{month}/r1"] for code, month in MONTHS.items()
    }
    (_, first), (second, _) = sorted(server.times_of("build").values())[:2]
    assert second < first


def test_a_month_that_waits_for_a_person_keeps_no_other_district_waiting(
    server: Server, account: Api
) -> None:
    asks = publish(server, MINIMAL, SILENT)
    server.wait_for(asks, "decide", "awaiting_input")

    ended = server.end_of(publish(server, SHIPPED, MONTHS[SHIPPED]))

    assert (ended, server.api.run(asks).has_ended) == ("success", False)
    account.answer(asks, "decide", "批准发布 · approve", "样例：已电话核实")
    assert server.end_of(asks) == "success"


def test_an_account_sees_and_starts_only_what_is_of_its_district(server: Server, account: Api) -> None:
    own = account.runs(f"{MINIMAL}.publish_monthly")

    assert {run.key for run in own} == {str(FIRST), str(SILENT)}
    for dag_id in (f"{SHIPPED}.publish_monthly", f"{CITY}.ingest_submissions", "publish_city"):
        with pytest.raises(MinshengError, match="refused"):
            account.runs(dag_id)
        with pytest.raises(MinshengError, match="refused"):
            account.trigger(dag_id, str(FIRST))


def test_a_held_ledger_and_a_full_disk_stop_no_other_district(
    server: Server, districts: dict[str, District]
) -> None:
    held, full, free = (districts[code] for code in (SHIPPED, CITY, MINIMAL))
    drop_samples(free.settings(), FIRST + 3)
    drop_samples(full.settings(), MONTHS[CITY] + 1)
    with (
        small_disk(full.settings().archive, 16 * 1024),
        duckdb.connect(str(held.settings().ledger_file)),
    ):
        runs = {code: server.api.trigger(f"{code}.ingest_submissions") for code in (SHIPPED, CITY, MINIMAL)}
        server.wait_for(runs[CITY], "take_in", "failed")
        ended = server.end_of(runs[MINIMAL])
        held_states = {one.task_id: one.state for one in server.api.tasks(runs[SHIPPED])}

    assert (ended, waiting(free)) == ("success", [])
    assert held_states["take_in"] in {"running", "up_for_retry"}
    assert server.end_of(runs[SHIPPED]) == "success"
    again = server.api.trigger(f"{CITY}.ingest_submissions")
    assert (server.end_of(again), waiting(full)) == ("success", [])


def test_a_broken_plan_stops_no_other_district(
    server: Server, listing: Path, districts: dict[str, District], tmp_path: Path
) -> None:
    text = listing.read_text(encoding="utf-8")
    listing.write_text(text.replace(str(PLANS / "other-city"), str(tmp_path)), encoding="utf-8")

    server.initialise()
    run = publish(server, MINIMAL, MONTHS[MINIMAL])

    assert server.end_of(run) == "success"
    assert published(districts[CITY]) == [f"{MONTHS[CITY]}/r1"]
