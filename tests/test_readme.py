"""The README promises commands; these tests hold it to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warehouse.cli.main import commands

PROJECT = Path(__file__).parent.parent
READMES = [PROJECT / "README.md", PROJECT / "README.zh.md"]
DOCUMENTS = [*READMES, PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md"))]


def targets_of_the_makefile() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), flags=re.MULTILINE))


def named(pattern: str) -> set[tuple[str, str]]:
    """Return what a pattern finds in the documents, behind the document that it stands in."""
    found = {
        (str(document.relative_to(PROJECT)), name)
        for document in DOCUMENTS
        for name in re.findall(pattern, document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }
    assert found, "the documents name none"
    return found


def test_every_make_command_that_is_named_is_a_target() -> None:
    targets = targets_of_the_makefile()

    assert {one for one in named(r"(?:^|`)make ([a-z-]+)") if one[1] not in targets} == set()


def test_every_minsheng_command_that_is_named_exists() -> None:
    names = named(r"(?:^|`|bin/)minsheng ([a-z][a-z-]*)")

    assert {one for one in names if one[1] not in commands.commands} == set()


def test_every_link_inside_the_project_leads_somewhere() -> None:
    links = named(r"\]\(([^)#:]+)(?:#[^)]*)?\)")

    assert {one for one in links if not (PROJECT / one[0]).parent.joinpath(one[1]).exists()} == set()


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_two_commands_stand_in_front(readme: Path) -> None:
    first_block = re.search(r"```sh\n(.*?)```", readme.read_text(), flags=re.DOTALL)

    assert first_block is not None
    assert re.findall(r"^make (\w+)", first_block[1], flags=re.MULTILINE) == ["run", "test"]


def test_every_target_is_explained_by_make_help() -> None:
    makefile = (PROJECT / "Makefile").read_text()

    unexplained = re.findall(r"^([a-z-]+):(?!.*## )", makefile, flags=re.MULTILINE)
    assert unexplained == []
