"""The list of districts: what an entry gives, and what of a bad list is refused, by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.districts.lists import MINIMAL, entry, write
from warehouse.districts import VARIABLE, District, Listing, district, installed, is_first, owner_of, read
from warehouse.errors import MinshengError


def listing_of(folder: Path, *entries: str) -> Listing:
    return read(write(folder / "list.yml", *entries))


def told(listing: Listing) -> list[str]:
    """Return the faults without the folder of the list."""
    return [str(fault).rpartition("/")[2] for fault in listing.faults]


def codes(listing: Listing) -> list[str]:
    return [one.code for one in listing.districts]


def test_a_district_is_five_lines(tmp_path: Path) -> None:
    (tmp_path / "list.yml").write_text(
        f"districts:\n- code: 210504\n  name: 样例区\n  home: homes/210504\n  plan: {MINIMAL}\n",
        encoding="utf-8",
    )

    (one,) = read(tmp_path / "list.yml").districts

    settings = one.settings()
    assert (one.code, one.name, one.role) == ("210504", "样例区", "district-210504")
    assert (settings.home, settings.plan) == (tmp_path / "homes" / "210504", MINIMAL)


def test_codes_and_names_are_text_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "list.yml").write_text(
        "districts:\n- {code: 0210, name: no, home: a, plan: b}\n", encoding="utf-8"
    )

    (one,) = read(tmp_path / "list.yml").districts

    assert (one.code, one.name) == ("0210", "no")


def test_what_the_environment_says_of_one_home_is_no_districts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "PLAN", "LEDGER", "LEDGER_DATA", "NOTICES"):
        monkeypatch.setenv(f"MINSHENG_{name}", str(tmp_path / "another"))

    settings = listing_of(tmp_path, entry("1")).districts[0].settings()

    assert settings.home == tmp_path / "homes" / "1"
    assert (settings.ledger, settings.ledger_data, settings.notices) == ("", "", None)


def test_backups_that_share_a_disk_have_a_folder_for_each_district(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINSHENG_BACKUPS", str(tmp_path / "backups"))

    one, other = listing_of(tmp_path, entry("1"), entry("2", backups="elsewhere")).districts

    assert one.settings().backup_folder == tmp_path / "backups" / "1"
    assert other.settings().backup_folder == tmp_path / "elsewhere"


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        (entry("1"), "list.yml:6: `code` of 1 is, or overlaps, `code` of 1 in line 2: give each its own"),
        (entry("2", home="homes/1"), "list.yml:8: `home` of 2 is, or overlaps, `home` of 1 in line 4"),
        (entry("2", home="x/../homes/1/"), "list.yml:8: `home` of 2 is, or overlaps, `home` of 1 in line 4"),
        (entry("2", home="homes/1/inbox"), "list.yml:8: `home` of 2 is, or overlaps, `home` of 1 in line 4"),
        (entry("2", home="homes"), "list.yml:8: `home` of 2 is, or overlaps, `home` of 1 in line 4"),
        (entry("2", backups="homes/1"), "list.yml:10: `backups` of 2 is, or overlaps, `home` of 1 in line 4"),
        (entry("2", colour="red"), "list.yml:10: `colour` is no key of a district: there are code, name"),
        (entry("2", role="Public"), "list.yml:10: `role`: it is a role of Airflow's own"),
        (entry("2/3"), "list.yml:6: `code`: String should match pattern"),
        (entry("2.3"), "list.yml:6: `code`: String should match pattern"),
        (entry("2", home=""), "list.yml:8: `home`: String should have at least 1 character"),
        (entry("2", plan="[a, b]"), "list.yml:9: `plan`: Input should be a valid string"),
        (entry("2") + "  name: 又一个\n", "list.yml:10: `name` is given twice in one entry"),
        ("- code: a2\n  name: 样例区\n  home: homes/2\n", "list.yml:6: `plan` is missing"),
        (entry("2") + "  ? [a]\n  : b\n", "list.yml:10: `(no word)` is no key of a district"),
        ("- 210505\n", "list.yml:6: an entry is keys with values"),
    ],
)  # fmt: skip
def test_an_entry_at_fault_is_refused_by_its_line_and_the_others_stay(
    tmp_path: Path, second: str, fault: str
) -> None:
    listing = listing_of(tmp_path, entry("1"), second, entry("3"))

    assert codes(listing) == ["1", "3"]
    assert any(one.startswith(fault) for one in told(listing)), told(listing)


def test_a_home_behind_a_link_is_the_home_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "homes" / "1").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "homes" / "1")

    listing = listing_of(tmp_path, entry("1"), entry("2", home="link"))

    assert codes(listing) == ["1"]


def test_two_districts_in_one_lakehouse_are_refused(tmp_path: Path) -> None:
    lakehouse = '"ducklake:postgres:dbname=ledger"'

    listing = listing_of(tmp_path, entry("1", ledger=lakehouse), entry("2", ledger=lakehouse))

    assert told(listing) == [
        "list.yml:11: `ledger` of 2 is, or overlaps, `ledger` of 1 in line 6: give each its own"
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("districts:\n- code: [\n", "list.yml:3: it is no YAML"),
        ("districts:\n\t- code: 1\n", "list.yml:2: it is no YAML"),
        ("districts: " + "[" * 100_000, "list.yml:1: it is no YAML"),
        ("districts:\n- !!python/object/apply:os.system [x]\n", "an entry is keys with values"),
        ("districts: []\n", "has the key `districts` with at least one entry"),
        ("", "has the key `districts`"),
        ("districts:\n- a\nothers: 1\n", "has the key `districts`"),
        ("- a\n", "has the key `districts`"),
        ("? [a]\n: b\n", "has the key `districts`"),
        ("districts:\n- a\ndistricts:\n- b\n", "has the key `districts`"),
        ("city: [a]\ndistricts:\n- a\n", "list.yml:1: `city` is the name of the city"),
        ("#" * 1_000_001, "is larger than 1000000 bytes"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "list.yml"
    file.write_text(text, encoding="utf-8")

    try:
        said = " ".join(map(str, read(file).faults))
    except MinshengError as error:
        said = str(error)

    assert reason in said


@pytest.mark.parametrize("content", [None, b"districts:\n- code: \xff\n"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / "list.yml").write_bytes(content)

    with pytest.raises(MinshengError, match=r"list of districts .*list\.yml cannot be read"):
        read(tmp_path / "list.yml")


def test_without_a_list_the_installation_is_one_district_with_the_names_of_before() -> None:
    assert installed() is None
    assert owner_of("publish_monthly") == (District(), "publish_monthly")
    assert District().named("publish_monthly") == "publish_monthly"
    assert District().address("ledger") == "minsheng://ledger"
    assert is_first(District())


def test_a_dag_belongs_to_the_district_before_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(write(tmp_path / "list.yml", entry("1"), entry("2"))))

    one, name = owner_of("2.publish_monthly")

    assert (one.code, name) == ("2", "publish_monthly")
    assert not is_first(one)


@pytest.mark.parametrize("code", ["3", ""])
def test_a_district_that_the_list_does_not_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setenv(VARIABLE, str(write(tmp_path / "list.yml", entry("1"))))

    with pytest.raises(MinshengError, match=r"There is no district .* that can run in .*list\.yml"):
        district(code)
