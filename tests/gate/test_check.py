from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.conftest import MONTH
from warehouse import editions, gate, ledger, progress
from warehouse.errors import MinshengError
from warehouse.gate import GateReport
from warehouse.gate.results import complete
from warehouse.gate.suites import load_suites
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

NEVER_TRUE = """
  - id: never_true
    type: expect_column_values_to_be_in_set
    severity: info
    description_zh: 样例：永不成立
    kwargs: {column: comparator, value_set: [never]}
"""


class Suites(Settings):
    """Settings with suites of the test's own."""

    suites: Path

    @property
    def expectations(self) -> Path:
        return self.suites


@pytest.fixture
def own_suites(built: Settings, tmp_path: Path) -> Suites:
    folder = tmp_path / "expectations"
    shutil.copytree(PROJECT / "expectations", folder)
    return Suites(**built.model_dump(), suites=folder)


def change_candidate(settings: Settings, sql: str) -> None:
    with duckdb.connect(str(progress.candidate_of(settings, MONTH).marts)) as connection:
        connection.execute(sql)


def silence(settings: Settings) -> None:
    """Let no department have reported a figure in any month."""
    change_candidate(
        settings,
        "update marts.submission_compliance "
        "set figures_received = 0, figures_on_time = 0, is_complete = false; "
        "update marts.freshness set figures_received = 0, coverage_pct = 0",
    )


def held_back_by(report: GateReport) -> dict[str, str]:
    return {f"{one.suite}.{one.expectation}": one.outcome for one in report.held_back_by}


class _Heard(logging.Handler):
    """What reaches the root of all logs. (`caplog` listens to logs too that are kept from it.)"""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.names.add(record.name)


@pytest.fixture
def heard() -> Iterator[_Heard]:
    root, handler = logging.getLogger(), _Heard()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(level)
    root.removeHandler(handler)


def test_a_check_keeps_the_librarys_own_log_to_itself(built: Settings, heard: _Heard) -> None:
    gate.check(built, MONTH)

    assert [name for name in heard.names if name.startswith("great_expectations")] == []


def test_a_sound_month_passes_and_its_results_are_a_mart(built: Settings) -> None:
    report = gate.check(built, MONTH)

    with duckdb.connect(str(progress.candidate_of(built, MONTH).marts), read_only=True) as connection:
        kept = connection.execute(
            "select count(*), count(distinct suite) from marts.quality_results"
        ).fetchone()
    assert (report.verdict, held_back_by(report)) == ("passed", {})
    assert kept is not None
    assert kept[0] == len(report.results)
    assert kept[1] >= 12


def test_a_planted_fault_blocks_the_month_and_names_its_rows(built: Settings) -> None:
    change_candidate(
        built, "update marts.indicator_progress set status = 'fine' where target_code = 'A01-01'"
    )

    report = gate.check(built, MONTH)

    broken = next(one for one in report.results if one.expectation == "status_is_known")
    assert report.verdict == "blocked"
    assert broken.unexpected_count == 1
    assert broken.offending_rows[0]["target_code"] == "A01-01"


def test_the_rows_that_a_query_finds_are_named(built: Settings) -> None:
    change_candidate(
        built,
        "update marts.indicator_progress set light = 'green' "
        "where (target_code, window_start) in (select (target_code, window_start) "
        "from marts.indicator_progress where status = 'missed' order by all limit 1)",
    )

    report = gate.check(built, MONTH)

    broken = next(one for one in report.held_back_by if one.expectation == "lag_is_not_green")
    assert broken.unexpected_count == 1
    assert [row["light"] for row in broken.offending_rows] == ["green"]


def test_the_rows_of_a_double_key_are_named(built: Settings) -> None:
    change_candidate(built, "insert into marts.areas from marts.areas order by area_code limit 1")

    report = gate.check(built, MONTH)

    broken = next(one for one in report.held_back_by if one.suite == "areas")
    assert {row["area_code"] for row in broken.offending_rows} == {"210504"}


def test_an_expired_approval_no_longer_holds(built: Settings) -> None:
    with ledger.writing(built) as connection:
        connection.execute(
            "insert into ledger.decisions values "
            "('d', '2023-12', 'submission_compliance', 'few_stay_silent', '示例审批人', '样例说明', "
            "timestamp '2024-01-06 08:00', date '2024-02-20')"
        )
    silence(built)

    assert held_back_by(gate.check(built, MONTH)) == {"submission_compliance.few_stay_silent": "failed"}


def test_an_approval_of_another_month_does_not_count(built: Settings) -> None:
    silence(built)
    warnings = [one for one in gate.check(built, MONTH).results if one.warns]
    gate.approve(built, MONTH + -1, warnings, "示例审批人", "样例说明", "builder")

    assert gate.check(built, MONTH).verdict == "warned"


def test_an_expectation_of_the_file_that_was_not_run_counts_as_an_error() -> None:
    (suite, *_) = load_suites(PROJECT / "expectations")

    results = complete(suite, [])

    assert {one.outcome for one in results} == {"error"}
    assert len(results) == len(suite.expectations)


def test_an_empty_mart_blocks_the_month(built: Settings) -> None:
    change_candidate(built, "delete from marts.indicator_progress")

    report = gate.check(built, MONTH)

    assert report.verdict == "blocked"
    assert held_back_by(report)["indicator_progress.every_begun_target_is_there"] == "failed"


def test_a_row_of_another_department_in_the_ledger_blocks_the_month(built: Settings) -> None:
    with ledger.writing(built) as connection:
        connection.execute("update ledger.observations set organization_code = 'POLICE' where row_number = 5")

    report = gate.check(built, MONTH)

    assert held_back_by(report)["observations.comes_from_its_own_department"] == "failed"


def test_a_target_of_last_month_that_is_gone_holds_the_month_back(built: Settings) -> None:
    earlier = MONTH + -1
    progress.build(built, earlier)
    gate.check(built, earlier)
    editions.publish(built, earlier, approved_by="样例审批人", note="样例说明")
    change_candidate(built, "delete from marts.indicator_progress where target_code = 'A01-01'")

    report = gate.check(built, MONTH)

    gone = next(one for one in report.held_back_by if one.expectation == "no_target_of_last_month_is_gone")
    assert [row["target_code"] for row in gone.offending_rows] == ["A01-01"]


def test_an_expectation_that_cannot_be_tried_blocks_the_month(own_suites: Suites) -> None:
    suite = own_suites.suites / "indicator_progress.yml"
    suite.write_text(suite.read_text().replace("where actual_value is null", "where no_such_column is null"))

    report = gate.check(own_suites, MONTH)

    assert report.verdict == "blocked"
    assert held_back_by(report) == {"indicator_progress.absence_has_no_figure_made_up": "error"}


def test_an_info_that_fails_is_printed_and_holds_nothing_up(own_suites: Suites) -> None:
    suite = own_suites.suites / "targets.yml"
    suite.write_text(suite.read_text() + NEVER_TRUE)

    report = gate.check(own_suites, MONTH)
    edition = editions.publish(own_suites, MONTH)

    noted = {one["expectation"]: one["result"] for one in edition.manifest()["gate"]["not_passed"]}
    assert (report.verdict, held_back_by(report)) == ("passed", {})
    assert noted["never_true"] == "failed"
    assert "样例：永不成立" in (edition.path / "quality.html").read_text(encoding="utf-8")


def test_a_mart_that_no_suite_guards_blocks_the_month(own_suites: Suites) -> None:
    (own_suites.suites / "targets.yml").unlink()

    assert held_back_by(gate.check(own_suites, MONTH)) == {"targets.suite_is_there": "error"}


def test_a_canary_that_does_not_fail_blocks_the_month(own_suites: Suites) -> None:
    canary = own_suites.suites / "canary.yml"
    canary.write_text(canary.read_text().replace("(null, -1)", "('c', -1)"))

    assert held_back_by(gate.check(own_suites, MONTH)) == {
        "canary.not_null_sees_a_null": "error",
        "canary.not_null_sees_a_null_among_some_rows": "error",
    }


def test_a_kind_of_expectation_without_a_canary_blocks_the_month(own_suites: Suites) -> None:
    canary = own_suites.suites / "canary.yml"
    before, _, _ = canary.read_text().partition("  - id: query_sees_bad_rows")
    canary.write_text(before)

    assert held_back_by(gate.check(own_suites, MONTH)) == {
        "canary.no_canary_for_unexpected_rows_expectation": "error"
    }


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("severity: critical", "severity: fatal"), ("kwargs:", "arguments:"), ("query:", "table:")],
)
def test_a_suite_that_makes_no_sense_is_one_plain_sentence(
    own_suites: Suites, wrong: str, right: str
) -> None:
    suite = own_suites.suites / "areas.yml"
    suite.write_text(suite.read_text().replace(wrong, right, 1))

    with pytest.raises(MinshengError, match=r"areas\.yml"):
        gate.check(own_suites, MONTH)


def test_a_month_that_was_not_built_says_what_to_do(built: Settings) -> None:
    with pytest.raises(MinshengError, match="minsheng build --period 2023-01"):
        gate.check(built, MONTH + -11)
