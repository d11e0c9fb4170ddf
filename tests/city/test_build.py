"""The city's edition: what it says of its districts, and when there is a new one; it only reads them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from tests.city.small import MONTH, hash_of, publish
from tests.districts.lists import entry, write
from warehouse import city, editions
from warehouse.city import CityEdition
from warehouse.city.marts import described
from warehouse.districts import City, read
from warehouse.errors import MinshengError
from warehouse.published import MARTS_FILE
from warehouse.settings import PROJECT, Settings


class Town:
    """A city of two districts, and what its edition says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.list = write(folder / "list.yml", entry("1"), entry("2"))
        self.settings = City().settings(home=folder / "installation")

    def home(self, code: str) -> Path:
        return self.folder / "homes" / code

    def build(self) -> CityEdition:
        return city.build(self.settings, read(self.list), MONTH)

    def rows(self, mart: str, edition: str = "current") -> list[dict[str, Any]]:
        answer = editions.query(editions.find(self.settings, edition), f"from marts.{mart}")
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

    def total(self, indicator: str) -> dict[str, Any]:
        """Return the districts' total of an indicator, empty where there is none."""
        return {row["indicator_code"]: row for row in self.rows("indicator_totals")}.get(indicator, {})


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def test_each_district_is_named_with_its_edition_and_hash(town: Town) -> None:
    published = {code: publish(town.home(code)) for code in ("1", "2")}

    town.build()

    told = {row["district_code"]: (row["edition"], row["manifest_sha256"]) for row in town.rows("districts")}
    assert told == {code: (edition.name, hash_of(edition)) for code, edition in published.items()}


def test_coverage_counts_what_was_due_for_the_month(town: Town) -> None:
    publish(town.home("1"), received=1)

    town.build()

    one = town.rows("districts")[0]
    assert (one["figures_expected"], one["figures_received"], one["coverage_pct"]) == (6, 5, Decimal("83.3"))
    assert (one["organizations"], one["organizations_complete"]) == (2, 1)


def test_windows_of_the_district_are_counted_by_section_and_shares_of_subdistricts_are_not(
    town: Town,
) -> None:
    publish(town.home("1"), status="not_reported")

    town.build()

    counts = {(row["section_zh"], row["status"]): row["windows"] for row in town.rows("section_statuses")}
    assert counts == {("一、就业", name): 1 for name in ("on_track", "behind", "not_reported")}


def test_districts_rank_by_their_share_of_green_and_what_is_owed_is_not_green(town: Town) -> None:
    publish(town.home("1"))
    publish(town.home("2"))

    town.build()

    one = town.rows("districts")[0]
    assert (one["green"], one["judged_windows"], one["green_share_pct"]) == (1, 3, Decimal("33.3"))
    assert (one["district_rank"], one["ranked_districts"], one["is_rank_tied"]) == (1, 2, True)


def test_a_district_that_has_not_reported_all_has_no_rank(town: Town) -> None:
    publish(town.home("1"), received=1)
    publish(town.home("2"))

    town.build()

    ranks = {row["district_code"]: row["district_rank"] for row in town.rows("districts")}
    assert ranks == {"1": None, "2": 1}


def test_common_indicators_stand_side_by_side_and_a_districts_own_do_not(town: Town) -> None:
    publish(town.home("1"), jobs=200, own="ONE")
    publish(town.home("2"), jobs=40, own="TWO")

    town.build()

    rows = town.rows("indicators")
    jobs = {row["district_code"]: row["value"] for row in rows if row["indicator_code"] == "JOB"}
    assert jobs == {"1": Decimal(200), "2": Decimal(40)}
    assert {row["indicator_code"] for row in rows} == {"JOB", "RATE", "MEAN", "UNIT"}
    assert all(row["manifest_sha256"] for row in rows)


def test_amounts_are_added_up_and_rates_go_by_their_numerators_and_denominators(town: Town) -> None:
    publish(town.home("1"), jobs=200, rate=50, passed=1, tested=2)
    publish(town.home("2"), jobs=40, rate=100, passed=7, tested=7)

    town.build()

    jobs, rate = town.total("JOB"), town.total("RATE")
    assert (jobs["value"], rate["value"]) == (Decimal(240), Decimal("88.888889"))


def test_a_mean_has_no_total(town: Town) -> None:
    publish(town.home("1"))
    publish(town.home("2"))

    town.build()

    assert town.total("MEAN") == {}


def test_a_total_that_lacks_a_district_is_none_and_never_less(town: Town) -> None:
    publish(town.home("1"), jobs=200)
    publish(town.home("2"), jobs=None)

    town.build()

    jobs = town.total("JOB")
    assert (jobs["value"], jobs["districts"], jobs["districts_reported"]) == (None, 2, 1)


def test_one_code_with_two_units_is_not_compared(town: Town) -> None:
    publish(town.home("1"), unit="万元")
    publish(town.home("2"), unit="元")

    town.build()

    assert {row["is_comparable"] for row in town.rows("indicators") if row["indicator_code"] == "UNIT"} == {
        False
    }
    assert town.total("UNIT") == {}


def test_a_district_without_an_edition_is_named_and_holds_up_no_other(town: Town) -> None:
    publish(town.home("1"))

    made = town.build()

    assert made.districts == {"1": "2023-12/r1"}
    assert made.absent["2"].startswith("no edition of 2023-12 is published")
    assert "样例区2（尚未发布）" in (Path(made.folder) / "report.html").read_text(encoding="utf-8")


def altered(edition: editions.Edition) -> None:
    file = edition.path / MARTS_FILE
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"more")
    file.chmod(0o444)


def unrecorded(edition: editions.Edition) -> None:
    record = edition.path.parents[2] / "archive" / "publications" / "2023-12-r1.json"
    record.unlink()


@pytest.mark.parametrize(
    ("damage", "reason"), [(altered, "was altered after publication"), (unrecorded, "no record")]
)
def test_an_edition_that_does_not_verify_is_left_out_and_named(
    town: Town, damage: Callable[[editions.Edition], None], reason: str
) -> None:
    publish(town.home("1"))
    damage(publish(town.home("2")))

    made = town.build()

    assert list(made.districts) == ["1"]
    assert reason in made.absent["2"]


def test_an_entry_that_the_list_refuses_is_named(town: Town) -> None:
    write(town.list, entry("1"), entry("3", colour="red"))
    publish(town.home("1"))

    assert "`colour` is no key" in town.build().absent["3"]


def test_a_month_that_no_district_has_published_is_refused(town: Town) -> None:
    with pytest.raises(MinshengError, match=r"No district in .* has a sound edition of 2023-12"):
        town.build()

    assert not (town.settings.editions / "2023-12").exists()


def test_the_same_editions_make_no_second_one(town: Town) -> None:
    publish(town.home("1"))

    assert town.build() == town.build()


def test_a_later_edition_of_a_district_makes_a_later_one_of_the_city_with_its_cause(town: Town) -> None:
    publish(town.home("1"), jobs=200)
    publish(town.home("2"))
    town.build()
    publish(town.home("1"), reason="新增报送1份", jobs=300)

    made = town.build()

    assert (made.edition, made.reason) == ("2023-12/r2", "样例区1 2023-12/r2：新增报送1份")
    values = [row["value"] for row in town.rows("indicators", "2023-12/r1") if row["district_code"] == "1"]
    assert Decimal(200) in values


def test_the_citys_editions_are_a_chain_of_their_own(town: Town) -> None:
    publish(town.home("1"))
    town.build()
    publish(town.home("2"))
    town.build()

    assert editions.verify(town.settings).editions == ["2023-12/r2", "2023-12/r1"]


def test_the_districts_are_only_read(town: Town) -> None:
    publish(town.home("1"))
    before = {path: path.lstat().st_mtime_ns for path in town.home("1").rglob("*")}

    town.build()

    assert {path: path.lstat().st_mtime_ns for path in town.home("1").rglob("*")} == before


def test_the_same_editions_give_the_same_tables_in_every_form(town: Town, tmp_path: Path) -> None:
    publish(town.home("1"))
    publish(town.home("2"))
    first = Path(town.build().folder)
    town.settings = City().settings(home=tmp_path / "another")

    second = Path(town.build().folder)

    names = ["workbook.xlsx", "report.html", *(f"parquet/{mart}.parquet" for mart in described())]
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []


def test_each_mart_is_a_sheet_headed_in_chinese_and_marked_as_a_sample(town: Town) -> None:
    publish(town.home("1"))

    workbook = openpyxl.load_workbook(Path(town.build().folder) / "workbook.xlsx")

    assert workbook.sheetnames == [words["title"] for words in described().values()]
    rows = list(workbook["各区情况"].iter_rows(values_only=True))
    assert "样例数据" in str(rows[0][0])
    assert rows[1][:3] == ("区代码", "区", "期次")


def test_every_column_of_a_mart_is_described(town: Town) -> None:
    publish(town.home("1"))
    publish(town.home("2"))
    town.build()

    for mart, words in described().items():
        assert list(words["columns"]) == list(town.rows(mart)[0])


def test_a_name_in_the_list_is_text_in_the_report(town: Town) -> None:
    write(town.list, entry("1", name="<script>alert(1)</script>"))
    publish(town.home("1"))

    page = (Path(town.build().folder) / "report.html").read_text(encoding="utf-8")

    assert "<script>alert(1)" not in page


def test_a_real_districts_edition_answers_every_question(tmp_path: Path, published: Settings) -> None:
    listing = write(tmp_path / "list.yml", entry("1", home=published.home, plan=published.plan))

    made = city.build(City().settings(home=tmp_path), read(listing), MONTH)

    assert (made.districts, made.absent) == ({"1": "2023-12/r1"}, {})


def test_sections_stand_in_the_order_of_goals_tasks_and_annex_items() -> None:
    query = (PROJECT / "warehouse" / "city" / "gathered" / "sections.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(
            "create schema marts;"
            "create table marts.areas as select '1' as area_code, 'district' as level;"
            "create table marts.commitments as select * from (values"
            " ('A01', '实事清单'), ('T02', '(一)就业'), ('T10', '(二)教育'), ('G01', '总体目标'))"
            " as t (commitment_code, section_zh);"
            "create table marts.indicator_progress as select commitment_code, '1' as area_code,"
            " true as in_force, 'at_least' as comparator, 'on_track' as status,"
            " '' as status_zh, 'green' as light"
            " from marts.commitments"
        )

        sections = connection.sql(query).order("place").project("section_zh").fetchall()

    assert sections == [("总体目标",), ("(一)就业",), ("(二)教育",), ("实事清单",)]
