from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from tests.conftest import MONTH, in_a_copy
from tests.editions.test_readers import mark
from warehouse import clock, durable, editions, gate, month, progress
from warehouse.cli.main import main
from warehouse.errors import MinshengError, NotPublishedError, UsageError
from warehouse.periods import Period
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

PUBLISH = """
import sys
from pathlib import Path
from warehouse import editions
from warehouse.periods import Period
from warehouse.settings import Settings
print("ready", flush=True)
editions.publish(Settings(home=Path(sys.argv[1])), Period.parse(sys.argv[2]))
"""


def change_and_check(settings: Settings, sql: str) -> None:
    """Change the candidate as a later submission would, and have it audited."""
    candidate = progress.candidate_of(settings, MONTH)
    with duckdb.connect(str(candidate.marts)) as connection:
        connection.execute(sql)
    facts = (candidate.folder / "build.json").read_text()
    digest = candidate.build_facts()["marts_sha256"]
    (candidate.folder / "build.json").write_text(
        facts.replace(digest, hashlib.sha256(sql.encode()).hexdigest())
    )
    gate.check(settings, MONTH)


def test_what_is_published_is_the_file_that_was_audited(published: Settings) -> None:
    audited = gate.report_of(progress.candidate_of(published, MONTH)).candidate_sha256

    edition = editions.find(published, "current")

    assert edition.name == "2023-12/r1"
    assert edition.manifest()["files"]["minsheng.duckdb"]["sha256"] == audited
    assert (published.editions / "current").readlink() == Path("2023-12/r1")


def test_every_mart_is_there_as_parquet_with_the_same_rows(published: Settings) -> None:
    edition = editions.find(published, "current")

    with duckdb.connect(str(edition.path / "minsheng.duckdb"), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        for (table,) in tables:
            path = str(edition.path / "parquet" / f"{table}.parquet")
            twin = connection.read_parquet(path)
            assert twin.except_(connection.table(f"marts.{table}")).fetchall() == []
    assert len(tables) == 15


def test_every_parquet_file_says_of_which_edition_it_is_and_how_fresh(published: Settings) -> None:
    edition = editions.find(published, "current")

    freshness = edition.manifest()["freshness"]
    for path in (edition.path / "parquet").glob("*.parquet"):
        marked = duckdb.execute(
            "select cast(key as varchar), decode(value) from parquet_kv_metadata($file)", {"file": str(path)}
        )
        assert dict(marked.fetchall()) == {"edition": "2023-12/r1", **freshness}


def test_every_table_and_column_says_what_it_is(published: Settings) -> None:
    answer = editions.query(
        editions.find(published, "current"),
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'marts' and comment is null "
        "union all select table_name, '' from duckdb_tables() where comment is null",
    )

    assert answer.rows == []


def test_figures_are_decimal_and_never_double(published: Settings) -> None:
    answer = editions.query(
        editions.find(published, "current"),
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'marts' and data_type in ('DOUBLE', 'FLOAT', 'HUGEINT')",
    )

    assert answer.rows == []


def test_publishing_the_same_again_changes_nothing(with_edition: Settings) -> None:
    first = editions.find(with_edition, "current")

    assert editions.publish(with_edition, MONTH) == first
    assert editions.editions_of(with_edition) == [first]


def test_a_rebuilt_month_with_the_same_figures_is_no_new_edition(with_edition: Settings) -> None:
    first = editions.find(with_edition, "current")
    progress.build(with_edition, MONTH)
    gate.check(with_edition, MONTH)

    assert editions.publish(with_edition, MONTH) == first


@pytest.mark.parametrize(
    ("moment", "is_over"), [("2023-12-31 23:59:59", False), ("2024-01-01 00:00:00", True)]
)
def test_a_month_is_published_only_once_it_is_over_in_the_district(
    checked: Settings, monkeypatch: pytest.MonkeyPatch, moment: str, is_over: bool
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment))

    if is_over:
        assert editions.publish(checked, MONTH).name == "2023-12/r1"
        return
    with pytest.raises(MinshengError, match="publish it from 2024-01-01 on") as refused:
        editions.publish(checked, MONTH)
    assert refused.value.exit_status == 1
    assert editions.editions_of(checked) == []


def test_a_run_of_a_month_that_is_not_over_takes_nothing_in(
    built: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = built.inbox / "CIVIL_AFFAIRS"
    inbox.mkdir(parents=True)
    (inbox / "report.csv").write_text("")
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2023-12-15"))

    with pytest.raises(MinshengError, match="2023-12 is not over"):
        month.run(built, MONTH)

    assert (inbox / "report.csv").exists()


def test_an_open_month_can_be_built_and_checked_as_a_preview(
    built: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2023-12-15"))

    progress.build(built, MONTH)

    assert gate.check(built, MONTH).verdict != "blocked"


def test_changed_figures_make_a_second_revision_with_its_reason(with_edition: Settings) -> None:
    change_and_check(with_edition, "update marts.indicator_progress set note = note || '。'")

    second = editions.publish(with_edition, MONTH, note="更正文字")

    assert (second.name, second.manifest()["reason"]) == ("2023-12/r2", "更正文字")
    assert second.manifest()["previous"]["edition"] == "2023-12/r1"
    assert editions.verify(with_edition).editions == ["2023-12/r2", "2023-12/r1"]


def test_a_blocked_month_leaves_the_last_edition_and_ends_with_status_3(
    with_edition: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change_and_check(
        with_edition, "update marts.indicator_progress set light = 'blue' where target_code = 'A01-01'"
    )
    monkeypatch.setattr(
        sys, "argv", ["minsheng", "publish", "--period", "2023-12", "--home", str(with_edition.home)]
    )

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 3
    said = capsys.readouterr().err
    assert "light_is_known" in said
    assert "target_code=A01-01 window_start=2023-01" in said
    assert [one.name for one in editions.editions_of(with_edition)] == ["2023-12/r1"]
    editions.verify(with_edition)


def test_a_warning_waits_for_a_named_person_who_did_not_build(checked: Settings) -> None:
    change_and_check(
        checked,
        "update marts.submission_compliance "
        "set figures_received = 0, figures_on_time = 0, is_complete = false; "
        "update marts.freshness set figures_received = 0, coverage_pct = 0",
    )

    with pytest.raises(NotPublishedError, match="few_stay_silent"):
        editions.publish(checked, MONTH)
    with pytest.raises(MinshengError, match="cannot approve"):
        editions.publish(checked, MONTH, progress.candidate_of(checked, MONTH).build_facts()["built_by"])
    edition = editions.publish(checked, MONTH, approved_by="示例审批人", note="样例说明")

    waived = [one for one in edition.manifest()["gate"]["not_passed"] if one["result"] == "waived"]
    assert edition.manifest()["approved_by"] == ["示例审批人"]
    assert [(one["expectation"], one["waiver_reason"]) for one in waived] == [("few_stay_silent", "样例说明")]
    until = str((datetime.now(tz=ZoneInfo("Asia/Shanghai")) + timedelta(days=45)).date())
    assert waived[0]["waived_until"] == until
    assert f"有效至 {until}" in (edition.path / "quality.html").read_text()


def test_a_candidate_changed_after_its_check_is_not_published(checked: Settings) -> None:
    with duckdb.connect(str(progress.candidate_of(checked, MONTH).marts)) as connection:
        connection.execute("update marts.indicator_progress set attainment_pct = 100")

    with pytest.raises(MinshengError, match="changed after its check"):
        editions.publish(checked, MONTH)


def test_a_candidate_that_was_never_checked_is_not_published(built: Settings) -> None:
    with pytest.raises(MinshengError, match="minsheng check --period 2023-12"):
        editions.publish(built, MONTH)


def test_a_query_reaches_nothing_outside_the_edition(published: Settings) -> None:
    edition = editions.find(published, "current")

    for hostile in (
        "copy (select 1) to 'out.csv'",
        "select * from read_text('/etc/hostname')",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
        "delete from marts.targets",
    ):
        with pytest.raises(UsageError):
            editions.query(edition, hostile)


def test_an_edition_cannot_be_written(published: Settings) -> None:
    edition = editions.find(published, "current")

    modes = {path.stat().st_mode & 0o222 for path in edition.path.rglob("*")}
    assert modes == {0}


@pytest.fixture(scope="module")
def revised(published: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a home with two editions of the month."""
    revised = in_a_copy(published.home, tmp_path_factory.mktemp("revised") / "home")
    change_and_check(revised, "update marts.indicator_progress set note = note || '。'")
    editions.publish(revised, MONTH)
    return revised


def change(file: Path, content: object) -> None:
    file.chmod(0o644)
    file.write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("alter", "minsheng.duckdb was altered"),
        ("remove", "quality.html is missing"),
        ("add", "more.txt was added"),
        ("forge", "2023-12/r1: its manifest was altered"),
        ("forge the last", "2023-12/r2: its manifest was altered"),
        ("lose the last", "2023-12/r2: it was published and is missing"),
        ("lose the records", "2023-12/r2: no record of its publication is left"),
        ("mispoint", "current does not point to the newest edition"),
        ("open", "r1 may be written to"),
    ],
)
def test_verification_names_the_first_thing_that_does_not_hold(
    revised: Settings, tmp_path: Path, fault: str, said: str
) -> None:
    home = in_a_copy(revised.home, tmp_path / "home")
    last, edition = editions.editions_of(home)[-1], editions.find(home, "2023-12/r1")
    edition.path.chmod(0o755)
    if fault == "alter":
        change(edition.path / "minsheng.duckdb", "other")
    elif fault == "remove":
        (edition.path / "quality.html").unlink()
    elif fault == "add":
        (edition.path / "more.txt").write_text("more")
    elif fault == "forge":
        change(edition.path / "manifest.json", edition.manifest() | {"reason": "第一次"})
    elif fault == "forge the last":
        change(last.path / "manifest.json", last.manifest() | {"reason": "第二次"})
    elif fault == "lose the last":
        durable.remove(last.path)
        durable.link(home.editions / "current", edition.name)
    elif fault == "lose the records":
        durable.remove(home.archive / "publications")
    elif fault == "mispoint":
        durable.link(home.editions / "current", edition.name)

    with pytest.raises(MinshengError, match=said):
        editions.verify(home)


def test_a_publication_killed_at_any_instant_leaves_the_old_edition_or_the_new_one(small: Settings) -> None:
    editions.publish(small, MONTH)
    for number in range(12):
        mark(small, number)
        killed = subprocess.Popen(
            [sys.executable, "-c", PUBLISH, str(small.home), str(MONTH)], stdout=subprocess.PIPE
        )
        assert killed.stdout is not None
        killed.stdout.readline()
        time.sleep(number * 0.4)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        editions.publish(small, MONTH)
        editions.verify(small)


@pytest.mark.parametrize("name", ["2023-13", "yesterday", "../../etc", "2023-12/1"])
def test_what_is_no_name_of_an_edition_is_wrong_usage(checked: Settings, name: str) -> None:
    with pytest.raises(UsageError):
        editions.find(checked, name)


def test_a_backfill_of_an_older_month_does_not_move_current(with_edition: Settings) -> None:
    older = Period(2023, 11)
    progress.build(with_edition, older)
    gate.check(with_edition, older)

    editions.publish(with_edition, older)

    assert (with_edition.editions / "current").readlink() == Path("2023-12/r1")
    assert editions.find(with_edition, "2023-11").manifest()["previous"]["edition"] == "2023-12/r1"
