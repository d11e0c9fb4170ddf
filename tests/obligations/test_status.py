from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.obligations.conftest import Reporting
from warehouse import obligations
from warehouse.errors import MinshengError
from warehouse.obligations import Obligation
from warehouse.periods import Period

JUNE = Period(2023, 6)
AIR, DEADLY, ACCIDENTS = ("2023-06,AIR-001,,90,\n", "2023-06,SAF-001,,0,零报\n", "2023-06,SAF-002,,3,\n")


class District(Reporting):
    """The same district, asked where June stands."""

    def asked_on(self, day: str, organization: str = "ENVIRONMENT") -> Obligation:
        moment = datetime.fromisoformat(f"{day}T12:00:00")
        self._patch.setattr("warehouse.obligations.standing.now", lambda: moment)
        found = obligations.status(self.settings, JUNE)
        return next(one for one in found.organizations if one.organization_code == organization)


@pytest.fixture
def district(silent_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> District:
    return District(shutil.copytree(silent_home, tmp_path / "home"), monkeypatch)


def test_all_in_time_is_complete(district: District) -> None:
    district.send("2023-07-05", AIR, DEADLY, ACCIDENTS)

    found = district.asked_on("2023-07-06")

    assert (found.standing, found.expected, found.received, found.on_time, found.missing) == (
        "complete", 3, 3, 3, 0,
    )  # fmt: skip


def test_before_the_deadline_the_rest_is_awaited_and_after_it_overdue(district: District) -> None:
    district.send("2023-07-04", AIR)

    before, after = district.asked_on("2023-07-05"), district.asked_on("2023-07-06")

    assert [before.standing, after.standing] == ["awaited", "overdue"]
    assert [one["indicator_code"] for one in after.missing_figures] == ["SAF-001", "SAF-002"]


def test_what_comes_after_the_deadline_is_late(district: District) -> None:
    district.send("2023-07-05", AIR, DEADLY)
    district.send("2023-07-06", ACCIDENTS)

    found = district.asked_on("2023-07-07")

    assert (found.standing, found.on_time, found.late) == ("complete_late", 2, 1)


def test_a_correction_after_the_deadline_leaves_a_report_in_time(district: District) -> None:
    district.send("2023-07-05", AIR, DEADLY, ACCIDENTS)
    district.send("2023-07-20", AIR.replace("90", "91"))

    assert district.asked_on("2023-07-21").standing == "complete"


def test_a_withdrawn_figure_is_owed_again(district: District) -> None:
    district.send("2023-07-04", AIR, DEADLY, ACCIDENTS)
    district.send("2023-07-05", "2023-06,AIR-001,,,撤回\n")

    assert [one["indicator_code"] for one in district.asked_on("2023-07-06").missing_figures] == ["AIR-001"]


def test_a_later_running_total_of_the_year_ends_what_is_owed_and_is_not_in_time(district: District) -> None:
    district.send("2023-07-04", AIR, DEADLY)
    district.send("2023-08-04", "2023-07,SAF-002,,20,期初\n")

    found = district.asked_on("2023-08-05")

    assert (found.standing, found.missing, found.on_time, found.late) == ("complete_late", 0, 2, 1)


def test_a_running_total_that_was_taken_back_holds_nothing(district: District) -> None:
    district.send("2023-07-04", AIR, DEADLY)
    district.send("2023-08-04", "2023-07,SAF-002,,20,期初\n")
    district.send("2023-08-05", "2023-07,SAF-002,,,撤回\n")

    assert [one["indicator_code"] for one in district.asked_on("2023-08-06").missing_figures] == ["SAF-002"]


def test_a_receipt_does_not_ask_for_what_a_later_total_holds(district: District) -> None:
    district.send("2023-08-04", "2023-07,SAF-002,,20,期初\n")
    district.send("2023-08-05", AIR)

    newest = str(district.asked_on("2023-08-06").newest_submission_id)
    missing = obligations.receipt_of(district.settings, newest)["missing"]

    assert [one["indicator_code"] for one in missing] == ["SAF-001"]


def test_refused_rows_are_counted_where_they_came_from(district: District) -> None:
    district.send("2023-07-04", AIR.replace("90", "ninety"), DEADLY)

    found = district.asked_on("2023-07-05")

    assert (found.received, found.rows_refused, found.files_refused) == (1, 1, 0)


def test_refused_rows_of_a_file_about_no_month_of_the_plan_count_when_it_came(district: District) -> None:
    district.send("2023-07-04", "2022-12,SAF-002,,3,\n", "2022-11,SAF-002,,many,\n")

    assert district.asked_on("2023-07-05").rows_refused == 1


def test_sound_history_is_not_the_newest_file_about_a_month(district: District) -> None:
    district.send("2023-07-03", AIR)
    before = district.asked_on("2023-07-03").newest_submission_id
    district.send("2023-07-04", "2022-12,SAF-002,,3,\n")

    assert district.asked_on("2023-07-05").newest_submission_id == before is not None


def test_who_owes_nothing_is_there_with_what_was_refused(district: District) -> None:
    district.send("2023-07-04", AIR, organization="EAST_STREET")

    found = district.asked_on("2023-07-06", "EAST_STREET")

    assert (found.expected, found.standing) == (0, "nothing_due")
    assert (found.rows_refused, found.files_refused) == (1, 1)


def test_who_owes_nothing_is_not_among_those_that_have_reported_all(district: District) -> None:
    before = obligations.status(district.settings, JUNE).totals
    district.send("2023-07-04", AIR, organization="EAST_STREET")

    after = obligations.status(district.settings, JUNE).totals

    assert after["rows_refused"] == 1
    assert [after[name] for name in ("organizations", "organizations_complete")] == [
        before["organizations"], before["organizations_complete"],
    ]  # fmt: skip


def test_who_has_sent_nothing_is_there_too(district: District) -> None:
    district.send("2023-07-04", AIR)

    found = district.asked_on("2023-07-06", organization="LABOUR")

    assert (found.standing, found.received) == ("overdue", 0)
    assert found.expected == found.missing > 0


def test_quarterly_figures_are_due_for_the_quarters_last_month_alone(district: District) -> None:
    june = district.asked_on("2023-07-06", "CIVIC")
    may = obligations.status(district.settings, Period(2023, 5))

    civic = next(one for one in may.organizations if one.organization_code == "CIVIC")
    assert "INC-001" in {one["indicator_code"] for one in june.missing_figures}
    assert "INC-001" not in {one["indicator_code"] for one in civic.missing_figures}


def test_before_any_report_a_month_must_be_named(district: District) -> None:
    with pytest.raises(MinshengError, match="--period"):
        obligations.status(district.settings)
