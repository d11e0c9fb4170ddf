"""A plan of the cases that an inspection office would check by hand, an indicator and a target each."""

from __future__ import annotations

from tests.progress.district import EAST, RATIO, WEST, District, Report, months


def year(number: int, *values: str) -> list[Report]:
    return [Report(f"{number}-{month:02}", value) for month, value in enumerate(values, start=1)]


def in_december(**by_year: str) -> list[Report]:
    return [Report(f"{name[1:]}-12", value) for name, value in by_year.items()]


def add_worked_cases(district: District) -> None:
    district.indicator("JOBS", Report("2023-09", "1500", kind="opening"), Report("2023-12", "980"))
    district.target("G01", "JOBS", target_value="6000", anchor_target_code="A01")
    district.target("A01", "JOBS", target_value="2480", window_end="2023-12")
    district.target("G01-STRAIGHT", "JOBS", target_value="6000")
    district.indicator("HOMES", Report("2023-12", "30"))
    district.target("T25", "HOMES", target_value="100", anchor_target_code="A03")
    district.target("A03", "HOMES", target_value="30", window_end="2023-12")
    street = {"reporting_level": "subdistrict", **RATIO}
    east = Report("2023-12", parts=("90", "100"), area=EAST)
    west = Report("2023-12", parts=("5", "50"), area=WEST)
    district.indicator("STREETS", east, west, **street)
    at_end = {"judged": "at_end", "pace": "level", "window_end": "2023-12"}
    district.target("STREETS", "STREETS", target_value="60", **at_end)
    for code, parts, target in (("NEARLY", ("999", "1000"), "100"), ("NONE", ("0", "0"), "100")):
        district.indicator(code, Report("2023-12", parts=parts), **RATIO)
        district.target(code, code, target_value=target, **at_end)
    for days in ("2", "3"):
        district.indicator(
            f"SMOG{days}", Report("2023-12", parts=(days, "365")), **RATIO | {"favourable": "down"}
        )
        district.target(f"SMOG{days}", f"SMOG{days}", target_value="0.6", comparator="at_most", **at_end)
    for code, value, comparator, target in (
        ("NOTHING", "0", "at_most", "33"),
        ("JOBLESS", "4.17", "at_most", "4.3"),
        ("LIFE", "80.0", "above", "80"),
    ):
        favourable = "down" if comparator == "at_most" else "up"
        district.indicator(code, Report("2023-12", value), aggregation="last", favourable=favourable)
        district.target(code, code, target_value=target, comparator=comparator, **at_end)
    district.indicator("PARKING", Report("2023-12", "953"))
    district.target("PARKING", "PARKING", target_value="600")
    district.indicator("CORRECTED", *year(2023, "100", "-20"))
    district.target("CORRECTED", "CORRECTED", target_value="90")
    annual = {"frequency": "annual", "favourable": "down"}
    district.indicator("FAIRS", *in_december(y2023="2", y2024="0", y2025="4"))
    district.target("FAIRS", "FAIRS", target_value="2", repeat="yearly")
    yearly = {"repeat": "yearly", "comparator": "declines", "judged": "at_end", "pace": "level"}
    district.indicator("DEATHS", *in_december(y2022="4", y2023="3", y2024="0", y2025="0"), **annual)
    district.target("DEATHS", "DEATHS", **yearly)
    district.indicator("INCIDENTS", *in_december(y2022="10", y2023="6", y2024="8", y2025="5"), **annual)
    district.target("INCIDENTS", "INCIDENTS", **yearly)
    add_derived(district)


def add_derived(district: District) -> None:
    annual = {"frequency": "annual"}
    district.indicator(
        "REFUNDS", *in_december(y2022="200", y2023="250", y2024="275", y2025="274.99"), **annual
    )
    district.indicator("GROWTH", aggregation="growth", input_a="REFUNDS", unit="%", **annual)
    district.target("GROWTH", "GROWTH", target_value="10", repeat="yearly", judged="at_end", pace="level")
    district.indicator("FROM-ZERO", *in_december(y2022="0", y2023="5"), **annual)
    district.indicator("ZERO-GROWTH", aggregation="growth", input_a="FROM-ZERO", unit="%", **annual)
    district.target("ZERO-GROWTH", "ZERO-GROWTH", target_value="10", judged="at_end", pace="level")
    district.indicator("CARE", *months("2023-01", "2023-12", "1026"), aggregation="last")
    district.indicator("ALLOWANCE", *months("2023-01", "2023-12", "792.2779"), aggregation="last")
    district.indicator("CARE-RATIO", aggregation="quotient", input_a="CARE", input_b="ALLOWANCE", scale="1")
    district.target(
        "CARE-RATIO", "CARE-RATIO", target_value="1.3", judged="at_end", pace="level", window_end="2023-12"
    )
    district.indicator("PUPIL", Report("2022-12", "6200"), Report("2023-12", "7000"), aggregation="last")
    district.indicator("PUPIL-MORE", aggregation="increment", input_a="PUPIL", base_period="2022-12")
    once = {"judged": "at_end", "pace": "none", "window_end": "2023-12"}
    district.target("PUPIL", "PUPIL", target_value="7000", **once)
    district.target("PUPIL-MORE", "PUPIL-MORE", target_value="1000", **once)
