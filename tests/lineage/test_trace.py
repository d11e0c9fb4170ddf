from __future__ import annotations

import json
import sys

import pytest

from tests.conftest import MONTH
from warehouse import editions, ledger, lineage
from warehouse.cli.main import main
from warehouse.editions import Edition
from warehouse.errors import MinshengError
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

    with pytest.raises(SystemExit) as ended:
        main()

    answer = json.loads(capsys.readouterr().out)
    assert (ended.value.code, answer["edition"]) == (0, "2023-12/r1")
    assert answer[key]
