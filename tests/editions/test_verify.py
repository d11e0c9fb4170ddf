"""The chain of editions: whatever is altered, lost, added or left open to be altered is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import MONTH
from tests.editions.candidates import change_and_pass
from tests.editions.conftest import in_a_small_copy, published_copy
from warehouse import durable, editions
from warehouse.errors import MinshengError
from warehouse.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def revised(small_published: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a home with two editions of the month."""
    revised = in_a_small_copy(small_published, tmp_path_factory.mktemp("revised") / "home")
    change_and_pass(revised, "update marts.indicator_progress set note = note || '。'")
    editions.publish(revised, MONTH)
    return revised


def change(file: Path, content: object) -> None:
    file.chmod(0o644)
    file.write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("alter", "minsheng.duckdb was altered"),
        ("remove", "quality.html is missing"),
        ("add", "more.txt was added"),
        ("forge", "2023-12/r1: its manifest was altered"),
        ("forge the last", "2023-12/r2: its manifest was altered"),
        ("newer", "2023-12/r2: a newer release made it"),
        ("lose the last", "2023-12/r2: it was published and is missing"),
        ("lose the records", "2023-12/r2: no record of its publication is left"),
        ("mispoint", "current does not point to the newest edition"),
        ("open", "r1 may be written to"),
    ],
)
def test_verification_names_the_first_thing_that_does_not_hold(
    revised: Settings, tmp_path: Path, fault: str, said: str
) -> None:
    home = published_copy(revised, tmp_path / "home")
    last, edition = editions.editions_of(home)[-1], editions.find(home, "2023-12/r1")
    edition.path.chmod(0o755)
    if fault == "alter":
        change(edition.path / "minsheng.duckdb", "other")
    elif fault == "remove":
        (edition.path / "quality.html").unlink()
    elif fault == "add":
        (edition.path / "more.txt").write_text("more")
    elif fault == "forge":
        change(edition.path / "manifest.json", edition.manifest() | {"reason": "第一次"})
    elif fault == "forge the last":
        change(last.path / "manifest.json", last.manifest() | {"reason": "第二次"})
    elif fault == "newer":
        change(last.path / "manifest.json", last.manifest() | {"format": 99})
    elif fault == "lose the last":
        durable.remove(last.path)
        durable.link(home.editions / "current", edition.name)
    elif fault == "lose the records":
        durable.remove(home.archive / "publications")
    elif fault == "mispoint":
        durable.link(home.editions / "current", edition.name)

    with pytest.raises(MinshengError, match=said):
        editions.verify(home)


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'{"edition": "2023-12/r1"}', b"[" * 100_000])
def test_a_damaged_publication_record_is_named(small_published: Path, tmp_path: Path, content: bytes) -> None:
    settings = in_a_small_copy(small_published, tmp_path / "home")
    record = settings.archive / "publications" / "2023-12-r1.json"
    record.write_bytes(content)

    with pytest.raises(MinshengError, match=f"{record} is damaged"):
        editions.verify(settings)


def test_a_link_in_the_place_of_a_file_is_named(revised: Settings, tmp_path: Path) -> None:
    home = published_copy(revised, tmp_path / "home")
    folder = editions.find(home, "2023-12/r1").path
    folder.chmod(0o755)
    (folder / "quality.html").rename(tmp_path / "quality.html")
    (folder / "quality.html").symlink_to(tmp_path / "quality.html")

    with pytest.raises(MinshengError, match=r"a link stands in the place of quality\.html"):
        editions.verify(home)
