"""The index over all editions lies outside of them, and says what each changed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import MONTH
from tests.editions.candidates import change_and_pass
from tests.snapshot.pages import Page
from warehouse import editions
from warehouse.settings import Settings
from warehouse.snapshot import index
from warehouse.snapshot.wording import GROUPS


def rows_of(settings: Settings, section: str, table_class: str) -> list[list[str]]:
    return Page((settings.editions / "index.html").read_text(encoding="utf-8")).rows(table_class, section)


def test_it_lists_every_edition_with_its_counts_and_what_it_changed(with_edition: Settings) -> None:
    change_and_pass(
        with_edition, "update marts.indicator_progress set attainment_pct = 12.3 where target_code = 'A01-01'"
    )
    editions.publish(with_edition, MONTH, note="更正文字")

    second, first = rows_of(with_edition, "editions", "standings")

    (counts,) = editions.query(
        editions.find(with_edition, "2023-12/r2"),
        "select exceeded + achieved, met_so_far + on_track, behind, far_behind, lost, not_reported, "
        "achieved_late, missed, overdue_unreported, "
        "in_progress + no_baseline + not_applicable + not_started + awaiting_source "
        "from marts.area_progress where level = 'district'",
    ).rows
    assert second[3 : 3 + len(GROUPS)] == [str(count) for count in counts]
    assert (second[0], first[0]) == ("2023-12/r2样例更正文字", "2023-12/r1样例首次发布")
    assert "较 2023-12/r1：数字变化 1，状态变化 0" in second[-2]
    assert first[-2] == "首期"
    restated = rows_of(with_edition, "restated", "sortable")
    assert [row[0].split()[0] for row in restated] == ["城镇新增就业人数A01-01"]


def test_it_is_no_part_of_any_edition(published: Settings) -> None:
    assert (published.editions / "index.html").exists()
    assert editions.verify(published).editions == ["2023-12/r1"]


def test_the_same_editions_give_the_same_index(published: Settings) -> None:
    before = (published.editions / "index.html").read_bytes()

    index.write(published)

    assert (published.editions / "index.html").read_bytes() == before


def test_it_links_only_what_the_editions_hold(published: Settings) -> None:
    page = Page((published.editions / "index.html").read_text(encoding="utf-8"))
    links = [Path(urlsplit(element["attributes"]["href"] or "").path) for element in page.all("a")]

    assert Path("2023-12/r1/report.html") in links
    assert all((published.editions / link).is_file() for link in links)
