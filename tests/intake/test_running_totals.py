"""Running totals as departments send them: only 本年累计, an indicator that is reported as totals, 期初."""

from __future__ import annotations

from tests.intake.conftest import Home, rules_of

TRADE = {"organization": "TRADE"}


def kinds(home: Home) -> list[tuple[str, str, int | None]]:
    return [(period, kind, value) for _, _, period, kind, value, _, _ in home.observations()]


def test_a_row_with_only_a_running_total_is_one(home: Home) -> None:
    receipt = home.send_rows("2025-03,JOBS,,210504002,,,,42,")

    assert receipt["status"] == "accepted"
    assert kinds(home) == [("2025-03", "total", 42)]


def test_a_file_without_a_column_of_figures_is_read(home: Home) -> None:
    receipt = home.send("报告期,指标编码,地区编码,本年累计\n2025-03,JOBS,210504002,42\n")

    assert receipt["status"] == "accepted"
    assert kinds(home) == [("2025-03", "total", 42)]


def test_a_figure_beside_its_running_total_stays_the_months(home: Home) -> None:
    home.send_rows("2025-03,JOBS,,210504002,7,,,42,")

    assert kinds(home) == [("2025-03", "figure", 7)]


def test_what_is_reported_as_totals_is_a_total_in_either_column(home: Home) -> None:
    home.send_rows("2025-01,SALES,,,10,,,,", "2025-02,SALES,,,,,,22,", "2025-03,SALES,,,22,,,22,", **TRADE)

    assert kinds(home) == [("2025-01", "total", 10), ("2025-02", "total", 22), ("2025-03", "total", 22)]


def test_the_month_beside_the_total_may_be_what_it_adds(home: Home) -> None:
    home.send_rows("2025-01,SALES,,,10,,,,", **TRADE)

    receipt = home.send_rows("2025-02,SALES,,,12,,,22,", **TRADE)

    assert receipt["status"] == "accepted"
    assert kinds(home)[-1] == ("2025-02", "total", 22)


def test_a_month_that_is_neither_the_total_nor_what_it_adds_is_refused(home: Home) -> None:
    home.send_rows("2025-01,SALES,,,10,,,,", **TRADE)

    receipt = home.send_rows("2025-02,SALES,,,13,,,22,", **TRADE)

    assert rules_of(receipt["refusals"]) == ["total_disagrees"]
    assert "12" in receipt["refusals"][0]["reason_zh"]


def test_a_nil_return_in_a_series_of_totals_is_a_month_of_nothing(home: Home) -> None:
    home.send_rows("2025-01,SALES,,,10,,,,", "2025-02,SALES,,,,,,,零报", **TRADE)

    assert kinds(home) == [("2025-01", "total", 10), ("2025-02", "nil", 0)]


def test_the_bounds_of_a_month_are_not_those_of_a_total(home: Home) -> None:
    receipt = home.send_rows("2025-03,JOBS,,210504002,,,,150000,")

    assert receipt["status"] == "accepted"


def test_a_total_that_falls_is_accepted_and_told(home: Home) -> None:
    home.send_rows("2025-02,JOBS,,210504002,,,,22,")

    receipt = home.send_rows("2025-03,JOBS,,210504002,,,,20,")

    assert rules_of(receipt["warnings"]) == ["total_falls"]
    assert "-2" in receipt["warnings"][0]["reason_zh"]


def test_a_corrected_total_says_that_later_ones_stand(home: Home) -> None:
    home.send_rows("2025-02,JOBS,,210504002,,,,22,", "2025-03,JOBS,,210504002,,,,31,")

    receipt = home.send_rows("2025-02,JOBS,,210504002,,,,25,")

    assert rules_of(receipt["warnings"]) == ["later_totals_stand"]
    assert "2025-03" in receipt["warnings"][0]["reason_zh"]


def test_a_month_is_checked_against_the_total_before_it(home: Home) -> None:
    home.send_rows("2025-02,JOBS,,210504002,,,,22,")

    receipts = [home.send_rows(f"2025-03,JOBS,,210504002,9,,,{total},") for total in (31, 32)]

    assert [rules_of(receipt["warnings"]) for receipt in receipts] == [[], ["ytd_differs"]]


def test_a_month_that_an_opening_holds_is_told_that_the_total_stays(home: Home) -> None:
    home.send("报告期,指标编码,数值,备注\n2025-03,JOBS,500,期初\n")

    receipt = home.send("报告期,指标编码,数值\n2025-01,JOBS,77\n", "months.csv")

    assert "later_totals_stand" in rules_of(receipt["warnings"])
