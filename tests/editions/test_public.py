"""The public variants under `public/` are walked as the editions are: nothing in them changes unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import MONTH
from tests.editions.conftest import in_a_small_copy, published_copy
from warehouse import durable, editions
from warehouse.errors import MinshengError
from warehouse.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def opened(small_published: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a home whose edition has a public variant."""
    opened = in_a_small_copy(small_published, tmp_path_factory.mktemp("opened") / "home")
    editions.publish_public(opened, editions.find(opened, str(MONTH)))
    return opened


@pytest.fixture
def home(opened: Settings, tmp_path: Path) -> Settings:
    return published_copy(opened, tmp_path / "home")


def change(file: Path, content: str) -> None:
    file.chmod(0o644)
    file.write_text(content)
    file.chmod(0o444)


def test_a_public_variant_is_part_of_the_walk(home: Settings) -> None:
    chain = editions.verify(home)

    edition = editions.find(home, str(MONTH))
    manifest = json.loads((home.public / str(MONTH) / "r1" / "manifest.json").read_text())
    assert chain.public == [edition.name]
    assert chain.files == len(edition.manifest()["files"]) + len(manifest["files"])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("alter", "the public variant of 2023-12/r1: minsheng.duckdb was altered"),
        ("remove", "the public variant of 2023-12/r1: workbook.xlsx is missing"),
        ("add", "the public variant of 2023-12/r1: more.txt was added"),
        ("forge", "the public variant of 2023-12/r1: its manifest was altered"),
        ("relink", "the public variant of 2023-12/r1: it was made of another edition"),
        ("spoil", "the public variant of 2023-12/r1: its manifest cannot be read"),
        ("lose", "the public variant of 2023-12/r1: it was published and is missing"),
        ("unrecord", "the public variant of 2023-12/r1: no record of its publication is left"),
        ("open", "the public variant of 2023-12/r1: r1 may be written to"),
    ],
)
def test_verification_names_the_first_thing_in_public_that_does_not_hold(
    home: Settings, fault: str, said: str
) -> None:
    folder = home.public / str(MONTH) / "r1"
    manifest = json.loads((folder / "manifest.json").read_text())
    folder.chmod(0o755)
    if fault == "alter":
        change(folder / "minsheng.duckdb", "other")
    elif fault == "remove":
        (folder / "workbook.xlsx").unlink()
    elif fault == "add":
        (folder / "more.txt").write_text("more")
    elif fault == "forge":
        change(folder / "manifest.json", json.dumps(manifest | {"is_sample": False}))
        folder.chmod(0o555)
    elif fault == "relink":
        change(folder / "manifest.json", json.dumps(manifest | {"edition_manifest_sha256": "0" * 64}))
    elif fault == "spoil":
        change(folder / "manifest.json", "{")
    elif fault == "lose":
        durable.remove(folder)
    elif fault == "unrecord":
        durable.remove(home.archive / "publications" / "public")
        folder.chmod(0o555)

    with pytest.raises(MinshengError, match=said):
        editions.verify(home)
