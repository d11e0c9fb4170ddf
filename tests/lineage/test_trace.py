from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import MONTH
from tests.prepared import Prepared
from tests.progress.compiled import compiled_project
from tests.progress.district import District, Report
from warehouse import editions, ledger, lineage, progress
from warehouse.cli.main import run_command_line
from warehouse.editions import Edition
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.published import MARTS_FILE
from warehouse.settings import Settings


@pytest.fixture
def edition(published: Settings) -> Edition:
    return editions.find(published, str(MONTH))


def test_a_running_total_is_the_sum_of_its_rows(edition: Edition) -> None:
    (trace,) = lineage.figures_of(edition, "G01-01")

    parts = [row.value for row in trace.rows if row.role == "figure" and row.value is not None]
    assert len(parts) > 1
    assert trace.figure.actual_value == sum(parts)


def test_each_row_is_the_ledgers_own_and_its_file_is_in_the_archive(
    edition: Edition, published: Settings
) -> None:
    (trace,) = lineage.figures_of(edition, "G01-01")

    with ledger.reading(published) as connection:
        for row in trace.rows:
            found = connection.execute(
                "select value from ledger.observations "
                "where submission_id = ? and sheet = ? and row_number = ?",
                [row.submission_id, row.sheet, row.row_number],
            ).fetchall()
            assert found == [(row.value,)]
            assert (published.archive / row.file_sha256).is_file()


def test_a_growth_names_the_months_that_it_compares_with(edition: Edition) -> None:
    code = editions.query(
        edition,
        "select target_code from marts.indicator_progress join marts.indicators using (indicator_code) "
        "where aggregation = 'growth' and actual_value is not null limit 1",
    ).rows[0][0]

    periods = {row.reported_period[:4] for trace in lineage.figures_of(edition, code) for row in trace.rows}

    assert {"2022", "2023"} <= periods


def test_a_row_leads_back_to_every_figure_that_it_is_behind(edition: Edition) -> None:
    row = lineage.figures_of(edition, "G01-01")[0].rows[0]

    uses = lineage.uses_of(edition, row.submission_id, row.row_number)

    # The goal, the task that repeats it and the annex item of 2023 all count the same jobs.
    assert {"G01-01", "A01-01"} <= {use.target_code for use in uses}
    assert {use.row_number for use in uses} == {row.row_number}


def test_what_nobody_uses_has_no_uses(edition: Edition) -> None:
    assert lineage.uses_of(edition, "0" * 16) == []


def test_a_lost_figure_names_the_row_of_the_earlier_breach_as_such(
    tmp_path: Path, prepared: Prepared
) -> None:
    district = District(Settings(home=tmp_path / "home", plan=tmp_path / "plan"), compiled_project(prepared))
    reports = [Report("2023-01", "5"), Report("2023-02", "20"), Report("2023-03", "4")]
    district.indicator("BACKLOG", *reports, aggregation="last", favourable="down")
    district.target(
        "T", "BACKLOG", comparator="at_most", target_value="10", judged="throughout", pace="level"
    )
    district.build("2023-03")
    shutil.copyfile(progress.candidate_of(district.settings, Period(2023, 3)).marts, tmp_path / MARTS_FILE)

    (trace,) = lineage.figures_of(Edition("2023-03", 1, str(tmp_path)), "T")

    rows = [(row.role, row.reported_period) for row in trace.rows]
    assert (trace.figure.status_zh, rows) == (
        "本考核期已无法达标", [("breach", "2023-02"), ("figure", "2023-03")],
    )  # fmt: skip


def test_what_completes_a_closed_window_late_is_named_as_such(tmp_path: Path, prepared: Prepared) -> None:
    district = District(Settings(home=tmp_path / "home", plan=tmp_path / "plan"), compiled_project(prepared))
    school = [Report("2023-02", "60"), Report("2023-04", "100", remark="竣工验收备案表")]
    district.indicator("SCHOOL", *school, aggregation="last", unit="%", value_min="0", value_max="100")
    district.target("T", "SCHOOL", comparator="done", pace="none", judged="at_end", window_end="2023-03")
    district.build("2023-05")
    shutil.copyfile(progress.candidate_of(district.settings, Period(2023, 5)).marts, tmp_path / MARTS_FILE)

    (trace,) = lineage.figures_of(Edition("2023-05", 1, str(tmp_path)), "T")

    rows = [(row.role, row.reported_period) for row in trace.rows]
    assert (trace.figure.status_zh, rows) == ("逾期完成", [("figure", "2023-02"), ("late", "2023-04")])


def test_an_unknown_target_is_one_sentence(edition: Edition) -> None:
    with pytest.raises(MinshengError, match="no figure of Z99-99"):
        lineage.figures_of(edition, "Z99-99")


@pytest.mark.parametrize(("asked", "key"), [("G01-01", "figures"), ("submission", "uses")])
def test_the_command_answers_in_json_both_ways(
    edition: Edition,
    published: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    asked: str,
    key: str,
) -> None:
    row = lineage.figures_of(edition, "G01-01")[0].rows[0]
    target = f"{row.submission_id}:{row.row_number}" if asked == "submission" else asked
    words = ["minsheng", "trace", target, "--period", str(MONTH), "--home", str(published.home), "--json"]
    monkeypatch.setattr(sys, "argv", words)

    status = run_command_line()

    answer = json.loads(capsys.readouterr().out)
    assert (status, answer["edition"]) == (0, "2023-12/r1")
    assert answer[key]
