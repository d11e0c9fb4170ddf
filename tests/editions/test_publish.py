"""A checked month becomes an edition once it may, and nothing else does."""

from __future__ import annotations

import json
import os
import pwd
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from tests.conftest import MONTH
from tests.editions.candidates import change_and_check, change_and_pass, under_another_month
from tests.editions.conftest import in_a_small_copy
from warehouse import clock, editions, gate, month, progress
from warehouse.cli.main import run_command_line
from warehouse.errors import MinshengError, NotPublishedError, UsageError
from warehouse.gate import GateReport
from warehouse.gate.check import GATE_FILE
from warehouse.periods import Period
from warehouse.settings import Settings


@pytest.fixture(scope="module")
def rebuilt(
    small_published: Path, new_home: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Settings, GateReport]:
    """A home with an edition of a month that was built and checked once more, while it was not over."""
    settings = in_a_small_copy(small_published, new_home(tmp_path_factory.mktemp("rebuilt") / "home"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", lambda: datetime.fromisoformat("2023-12-15"))
        progress.build(settings, MONTH)
        return settings, gate.check(settings, MONTH)


@pytest.mark.slow
def test_publishing_the_same_again_changes_nothing(small_with_edition: Settings) -> None:
    first = editions.find(small_with_edition, "current")

    assert editions.publish(small_with_edition, MONTH) == first
    assert editions.editions_of(small_with_edition) == [first]


@pytest.mark.slow
def test_a_rebuilt_month_with_the_same_figures_is_no_new_edition(
    rebuilt: tuple[Settings, GateReport],
) -> None:
    settings, _ = rebuilt
    first = editions.find(settings, "current")

    assert editions.publish(settings, MONTH) == first


@pytest.mark.slow
def test_an_open_month_can_be_built_and_checked_as_a_preview(rebuilt: tuple[Settings, GateReport]) -> None:
    _, report = rebuilt

    assert report.verdict != "blocked"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("moment", "is_over"), [("2023-12-31 23:59:59", False), ("2024-01-01 00:00:00", True)]
)
def test_a_month_is_published_only_once_it_is_over_in_the_district(
    small: Settings, monkeypatch: pytest.MonkeyPatch, moment: str, is_over: bool
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment))

    if is_over:
        assert editions.publish(small, MONTH).name == "2023-12/r1"
        return
    with pytest.raises(MinshengError, match="publish it from 2024-01-01 on") as refused:
        editions.publish(small, MONTH)
    assert refused.value.exit_status == 1
    assert editions.editions_of(small) == []


@pytest.mark.slow
def test_a_run_of_a_month_that_is_not_over_takes_nothing_in(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = small.inbox / "CIVIL_AFFAIRS"
    inbox.mkdir(parents=True)
    (inbox / "report.csv").write_text("")
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2023-12-15"))

    with pytest.raises(MinshengError, match="2023-12 is not over"):
        month.run(small, MONTH)

    assert (inbox / "report.csv").exists()


@pytest.mark.slow
def test_changed_figures_make_a_second_revision_with_its_reason(small_with_edition: Settings) -> None:
    change_and_pass(small_with_edition, "update marts.indicator_progress set note = note || '。'")

    second = editions.publish(small_with_edition, MONTH, note="更正文字")

    assert (second.name, second.manifest()["reason"]) == ("2023-12/r2", "更正文字")
    assert second.manifest()["previous"]["edition"] == "2023-12/r1"
    assert editions.verify(small_with_edition).editions == ["2023-12/r2", "2023-12/r1"]


@pytest.mark.slow
def test_a_blocked_month_leaves_the_last_edition_and_ends_with_status_3(
    small_with_edition: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change_and_check(
        small_with_edition, "update marts.indicator_progress set light = 'blue' where target_code = 'A01-01'"
    )
    monkeypatch.setattr(
        sys, "argv", ["minsheng", "publish", "--period", "2023-12", "--home", str(small_with_edition.home)]
    )

    status = run_command_line()

    assert status == 3
    said = capsys.readouterr().err
    assert "light_is_known" in said
    assert "target_code=A01-01 window_start=2023-01" in said
    assert [one.name for one in editions.editions_of(small_with_edition)] == ["2023-12/r1"]
    editions.verify(small_with_edition)


@pytest.mark.slow
def test_a_warning_waits_for_a_named_person_who_did_not_build(small: Settings) -> None:
    change_and_check(
        small,
        "update marts.submission_compliance "
        "set figures_received = 0, figures_on_time = 0, is_complete = false; "
        "update marts.freshness set figures_received = 0, coverage_pct = 0; "
        "update marts.indicator_progress set parts_reported = 0; "
        "update marts.organization_scorecard set lead_rank = null",
    )

    with pytest.raises(NotPublishedError, match="few_stay_silent"):
        editions.publish(small, MONTH)
    with pytest.raises(MinshengError, match="cannot approve"):
        editions.publish(small, MONTH, progress.candidate_of(small, MONTH).build_facts()["built_by"])
    edition = editions.publish(small, MONTH, approved_by="示例审批人", note="样例说明")

    accounts = edition.manifest()["accounts"]
    assert (accounts["system"], accounts["started_by"]) == (
        "operating system", pwd.getpwuid(os.getuid()).pw_name,
    )  # fmt: skip
    assert (accounts["decided_by"], edition.manifest()["signing_key"]) == (None, None)
    waived = [one for one in edition.manifest()["gate"]["not_passed"] if one["result"] == "waived"]
    assert edition.manifest()["approved_by"] == ["示例审批人"]
    assert [(one["expectation"], one["waiver_reason"]) for one in waived] == [("few_stay_silent", "样例说明")]
    until = str((datetime.now(tz=ZoneInfo("Asia/Shanghai")) + timedelta(days=45)).date())
    assert waived[0]["waived_until"] == until
    assert f"有效至 {until}" in (edition.path / "quality.html").read_text()


@pytest.mark.slow
def test_a_candidate_changed_after_its_check_is_not_published(small: Settings) -> None:
    with duckdb.connect(str(progress.candidate_of(small, MONTH).marts)) as connection:
        connection.execute("update marts.indicator_progress set attainment_pct = 100")

    with pytest.raises(MinshengError, match="changed after its check"):
        editions.publish(small, MONTH)


@pytest.mark.slow
def test_a_candidate_that_was_never_checked_is_not_published(small: Settings) -> None:
    (progress.candidate_of(small, MONTH).folder / GATE_FILE).unlink()

    with pytest.raises(MinshengError, match="minsheng check --period 2023-12"):
        editions.publish(small, MONTH)


@pytest.mark.slow
def test_a_backfill_of_an_older_month_does_not_move_current(small_with_edition: Settings) -> None:
    older = Period(2023, 11)
    under_another_month(small_with_edition, older)

    editions.publish(small_with_edition, older)

    assert (small_with_edition.editions / "current").readlink() == Path("2023-12/r1")
    assert editions.find(small_with_edition, "2023-11").manifest()["previous"]["edition"] == "2023-12/r1"


@pytest.mark.parametrize("name", ["2023-13", "yesterday", "../../etc", "2023-12/1"])
def test_what_is_no_name_of_an_edition_is_wrong_usage(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        editions.find(Settings(home=tmp_path), name)


def test_a_candidate_of_another_release_is_built_again_before_it_is_published(checked: Settings) -> None:
    build_file = progress.candidate_of(checked, MONTH).folder / "build.json"
    facts = json.loads(build_file.read_text(encoding="utf-8"))
    build_file.write_text(json.dumps(facts | {"format": 0}), encoding="utf-8")

    with pytest.raises(MinshengError, match=r"built by another release \(format 0; .*run `minsheng build"):
        editions.publish(checked, MONTH)
