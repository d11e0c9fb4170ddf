"""The counts over twelve months, from the editions of those months."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.conftest import MONTH
from tests.snapshot.pages import Page
from warehouse import progress
from warehouse.editions import Edition
from warehouse.editions.artefacts import Draft, report_pages
from warehouse.published import MARTS_FILE, newest_of_each_before
from warehouse.settings import Settings
from warehouse.snapshot import report, wording
from warehouse.snapshot.month import Month
from warehouse.snapshot.report.course import courses_of

RUNNING = [group for group in wording.GROUPS if group.is_of_running]


def standing(count: int) -> dict[str, Any]:
    """Return how a district stood with so many running windows in each group."""
    return {group.running_column: count for group in RUNNING}


def test_each_count_runs_over_twelve_months_and_ends_with_the_reports_own(month: Month) -> None:
    courses = courses_of(month, {"2023-11": standing(3), "2023-01": standing(5)})

    (district,) = month.standing("district")
    assert list(courses) == [group.code for group in RUNNING]
    for group in RUNNING:
        course = courses[group.code]
        assert (course.months[0], course.months[-1]) == ("2023-01", "2023-12")
        assert course.counts == [5, *[None] * 9, 3, district[group.running_column]]


def test_a_month_without_an_edition_is_a_gap_and_never_zero(month: Month) -> None:
    course = courses_of(month, {"2023-10": standing(4), "2023-09": standing(4)})["behind"]

    (path,) = re.findall(r'<path d="(M[^"]*)" stroke="currentColor"', course.line)
    assert path.count("M") == 2
    assert course.words.startswith("2023-01–2023-12: —, —, ")


def test_what_is_older_than_twelve_months_is_left_out(month: Month) -> None:
    assert courses_of(month, {"2022-12": standing(4)}) == {}


def test_the_report_draws_a_line_in_each_tile_and_says_its_counts(month: Month, tmp_path: Path) -> None:
    past = report.Past(standings={f"2023-{number:02d}": standing(number) for number in range(1, 12)})

    report.write(replace(month, figures=[], trends=[]), "2023-12/r1", past, tmp_path)

    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    lines = page.all("span", class_="course")
    assert len(lines) == len(RUNNING)
    assert all(
        "2023-01–2023-12: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, " in line["attributes"]["aria-label"]
        for line in lines
    )


def test_the_newest_edition_of_each_month_before_speaks_for_its_month(tmp_path: Path) -> None:
    for name in ("2023-09/r1", "2023-09/r2", "2023-11/r1", "2023-12/r1", "2024-01/r1"):
        (tmp_path / "editions" / name).mkdir(parents=True)

    found = newest_of_each_before(Settings(home=tmp_path), "2023-12")

    assert [edition.name for edition in found] == ["2023-09/r2", "2023-11/r1"]


def test_an_edition_takes_the_course_from_the_marts_of_earlier_ones(
    published: Settings, edition: Edition, month: Month, tmp_path: Path
) -> None:
    shutil.copyfile(edition.path / MARTS_FILE, tmp_path / MARTS_FILE)
    before = replace(edition, period="2023-11")
    draft = Draft(progress.candidate_of(published, MONTH), edition.manifest(), None, [before], browser="")

    report_pages(draft, tmp_path)

    (district,) = month.standing("district")
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    for line, group in zip(page.all("span", class_="course"), RUNNING, strict=True):
        count = district[group.running_column]
        assert line["attributes"]["aria-label"].endswith(f", {count}, {count}")
