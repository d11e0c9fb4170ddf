"""What the gate finds in a candidate: a sound month, and one that has a fault of every kind at once."""

from __future__ import annotations

import json
import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.conftest import MONTH, in_a_copy
from tests.gate.conftest import held_back_by, with_own_suites
from warehouse import editions, gate, ledger, progress, steps
from warehouse.gate import GateReport, Result
from warehouse.gate.audit import audit
from warehouse.gate.suites import load_suites
from warehouse.published import MANIFEST
from warehouse.settings import PROJECT, Settings
from warehouse.steps import Step

pytestmark = pytest.mark.slow

NEVER_TRUE = """
  - id: never_true
    type: expect_column_values_to_be_in_set
    severity: info
    description_zh: 样例：永不成立
    kwargs: {column: comparator, value_set: [never]}
"""
FAULTS = Path(__file__).with_name("faults.sql")
EXPIRED = """
insert into ledger.decisions values
    ('d', '2023-12', 'submission_compliance', 'few_stay_silent', '示例审批人', '样例说明',
    timestamp '2024-01-06 08:00', date '2024-02-20')
"""


@dataclass(frozen=True)
class Checked:
    """A check of a month, and what was heard of it while it ran."""

    settings: Settings
    report: GateReport
    told: list[Step]
    loggers: set[str]
    threads: set[threading.Thread]
    """Those that the check started and left."""


class _Heard(logging.Handler):
    """What reaches the root of all logs. (`caplog` listens to logs too that are kept from it.)"""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.names.add(record.name)


@contextmanager
def heard() -> Iterator[set[str]]:
    """Give the names of all loggers that are heard within the block."""
    root, handler = logging.getLogger(), _Heard()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield handler.names
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


def change_candidate(settings: Settings, sql: str) -> None:
    with duckdb.connect(str(progress.candidate_of(settings, MONTH).marts)) as connection:
        connection.execute(sql)


def result_of(report: GateReport, expectation: str) -> Result:
    (result,) = (one for one in report.results if one.expectation == expectation)
    return result


@pytest.fixture(scope="module")
def sound(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """A month without fault, checked by the project's suites and one more `info` that never holds."""
    folder = tmp_path_factory.mktemp("sound")
    settings = with_own_suites(in_a_copy(built_home, folder / "home"), folder / "expectations")
    targets = settings.suites / "targets.yml"
    targets.write_text(targets.read_text() + NEVER_TRUE)
    told: list[Step] = []
    before = set(threading.enumerate())
    with heard() as loggers, steps.listening(told.append):
        report = gate.check(settings, MONTH)
    return Checked(settings, report, told, loggers, set(threading.enumerate()) - before)


@pytest.fixture(scope="module")
def faulty(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> GateReport:
    """The report on a month with all the faults; what was a sound candidate of it stands for last month."""
    settings = in_a_copy(built_home, tmp_path_factory.mktemp("faulty") / "home")
    before = settings.editions / str(MONTH + -1) / "r1"
    before.mkdir(parents=True)
    shutil.copy(progress.candidate_of(settings, MONTH).marts, before)
    (before / MANIFEST).write_text(json.dumps({"submissions": []}))
    change_candidate(settings, FAULTS.read_text(encoding="utf-8"))
    silence = Result("submission_compliance", "few_stay_silent", "样例", "warning", "failed")
    gate.approve(settings, MONTH + -1, [silence], "示例审批人", "样例说明", "builder")
    with ledger.writing(settings) as connection:
        connection.execute(EXPIRED)
        connection.execute("update ledger.observations set organization_code = 'POLICE' where row_number = 5")
    return gate.check(settings, MONTH)


def test_a_check_keeps_the_librarys_own_log_to_itself(sound: Checked) -> None:
    assert [name for name in sound.loggers if name.startswith("great_expectations")] == []


def test_no_thread_is_left_beside_what_opens_a_file_next(sound: Checked) -> None:
    assert sound.threads == set()


def test_the_gate_tells_how_many_suites_are_checked(sound: Checked) -> None:
    # The canary is a suite like any other to whoever waits.
    total = len(sound.report.suites) + 1

    assert sound.told == [Step("check suites", done, total) for done in range(total + 1)]


def test_a_sound_month_passes_and_its_results_are_a_mart(sound: Checked) -> None:
    marts = progress.candidate_of(sound.settings, MONTH).marts

    with duckdb.connect(str(marts), read_only=True) as connection:
        kept = connection.execute(
            "select count(*), count(distinct suite) from marts.quality_results"
        ).fetchone()

    assert (sound.report.verdict, held_back_by(sound.report)) == ("passed", {})
    assert kept is not None
    assert kept[0] == len(sound.report.results)
    assert kept[1] >= 12


def test_a_first_edition_has_nothing_that_changed(sound: Checked) -> None:
    marts = progress.candidate_of(sound.settings, MONTH).marts

    with duckdb.connect(str(marts), read_only=True) as connection:
        changes = connection.execute("from marts.edition_changes").fetchall()

    assert (changes, sound.report.changes) == ([], 0)


def test_an_info_that_fails_is_printed_and_holds_nothing_up(sound: Checked) -> None:
    edition = editions.publish(sound.settings, MONTH)

    noted = {one["expectation"]: one["result"] for one in edition.manifest()["gate"]["not_passed"]}
    assert noted["never_true"] == "failed"
    assert "样例：永不成立" in (edition.path / "quality.html").read_text(encoding="utf-8")


def test_every_planted_fault_holds_the_month_back_and_nothing_else_does(faulty: GateReport) -> None:
    assert faulty.verdict == "blocked"
    assert held_back_by(faulty) == {
        "areas.key_is_unique": "failed",
        "indicator_progress.status_is_known": "failed",
        "indicator_progress.lag_is_not_green": "failed",
        "indicator_progress.last_status_is_known": "failed",
        "indicator_progress.months_in_a_row_are_counted": "failed",
        "indicator_progress.what_is_owed_has_its_status": "failed",
        "indicator_progress.what_is_to_hold_has_no_grace": "failed",
        "indicator_progress.silence_is_not_green": "failed",
        "indicator_monthly.a_total_gives_no_month_a_value": "failed",
        "organization_scorecard.judged_are_the_lights_and_what_is_owed": "failed",
        "organization_scorecard.rank_is_among_the_ranked": "failed",
        "supervision_items.key_is_unique": "failed",
        "supervision_items.open_item_is_not_on_pace": "failed",
        "supervision_items.somebody_answers": "failed",
        "target_trend.lies_in_the_window": "failed",
        # A month that is judged after the edition's is not where the trend stands.
        "indicator_progress.judged_within_the_window": "failed",
        "target_trend.ends_where_the_progress_stands": "failed",
        # Of whom nothing came may have no rank.
        "organization_scorecard.silence_has_no_rank": "failed",
        "observations.comes_from_its_own_department": "failed",
        "submission_compliance.few_stay_silent": "failed",
        # Of whom nothing came may have no figures either.
        "submission_compliance.agrees_with_progress": "failed",
        # A target that is gone is missed thrice, and a status that nobody knows is not what it was.
        "area_progress.counts_every_target_of_the_area": "failed",
        "indicator_progress.every_begun_target_is_there": "failed",
        "month_to_month.no_target_of_last_month_is_gone": "failed",
        "month_to_month.what_was_decided_stays_decided": "failed",
    }


def test_who_is_silent_is_named(faulty: GateReport) -> None:
    silent = result_of(faulty, "few_stay_silent")

    assert "AGRICULTURE" in {row["organization_code"] for row in silent.offending_rows}
    assert {row["period"] for row in silent.offending_rows} == {"2023-12"}


def test_a_green_window_without_its_newest_report_is_named(faulty: GateReport) -> None:
    rows = result_of(faulty, "silence_is_not_green").offending_rows

    assert ("G11-01", "GOV-001", "2023-12") in {
        (row["target_code"], row["indicator_code"], row["period"]) for row in rows
    }


def test_a_planted_fault_names_its_rows(faulty: GateReport) -> None:
    broken = result_of(faulty, "status_is_known")

    assert broken.blocks
    assert broken.unexpected_count == 1
    assert broken.offending_rows[0]["target_code"] == "A01-01"


def test_the_rows_that_a_query_finds_are_named(faulty: GateReport) -> None:
    broken = result_of(faulty, "lag_is_not_green")

    assert broken.unexpected_count == 1
    assert [row["light"] for row in broken.offending_rows] == ["green"]


def test_the_rows_of_a_double_key_are_named(faulty: GateReport) -> None:
    (broken,) = (one for one in faulty.held_back_by if one.suite == "areas")

    assert {row["area_code"] for row in broken.offending_rows} == {"210504"}


def test_a_row_of_another_department_in_the_ledger_blocks_the_month(faulty: GateReport) -> None:
    assert result_of(faulty, "comes_from_its_own_department").blocks


def test_a_target_of_last_month_that_is_gone_holds_the_month_back(faulty: GateReport) -> None:
    gone = result_of(faulty, "no_target_of_last_month_is_gone")

    assert gone.warns
    assert [row["target_code"] for row in gone.offending_rows] == ["A01-02"]


def test_neither_an_expired_approval_nor_one_of_another_month_holds(faulty: GateReport) -> None:
    assert result_of(faulty, "few_stay_silent").outcome == "failed"


def test_an_empty_mart_blocks_the_month(built: Settings) -> None:
    change_candidate(built, "delete from marts.indicator_progress")
    suites = [one for one in load_suites(PROJECT / "expectations") if one.name == "indicator_progress"]

    with ledger.sharing(built) as attachment:
        (audited,) = audit(progress.candidate_of(built, MONTH).marts, attachment, None, suites)

    missing = next(one for one in audited.results if one.expectation == "every_begun_target_is_there")
    assert (missing.outcome, missing.blocks) == ("failed", True)
