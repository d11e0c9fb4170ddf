"""The dbt project is parsed once, not once a month."""

from __future__ import annotations

from pathlib import Path

import pytest
from dbt.contracts.graph.manifest import Manifest

from tests.conftest import MONTH
from tests.progress.compiled import CompiledProject
from tests.progress.tables import tables
from warehouse import progress
from warehouse.progress.project import parsed
from warehouse.settings import Settings


class Parser:
    """Gives an empty project's manifest, and counts how often it is asked."""

    def __init__(self, folder: Path) -> None:
        self.model = folder / "project" / "model.sql"
        self.model.parent.mkdir()
        self.model.write_text("select 1")
        self.kept = folder / "home" / "dbt" / "candidate.manifest"
        self.asked = 0

    def __call__(self) -> Manifest:
        self.asked += 1
        return Manifest()

    def read(self) -> Manifest:
        return parsed(self.model.parent, self.kept, self)


@pytest.fixture
def parser(tmp_path: Path) -> Parser:
    made = Parser(tmp_path)
    made.read()
    return made


def test_the_same_project_is_parsed_once(parser: Parser) -> None:
    parser.read()

    assert parser.asked == 1


def test_a_changed_model_is_parsed_again(parser: Parser) -> None:
    parser.model.write_text("select 2")

    parser.read()

    assert parser.asked == 2


def test_the_same_project_in_another_folder_is_parsed_again(parser: Parser) -> None:
    parser.model = parser.model.parent.rename(parser.model.parent.with_name("moved")) / "model.sql"

    parser.read()

    assert parser.asked == 2


def test_what_was_kept_and_is_damaged_is_parsed_again(parser: Parser) -> None:
    content = bytearray(parser.kept.read_bytes())
    content[-1] ^= 1
    parser.kept.write_bytes(content)

    parser.read()

    assert parser.asked == 2


@pytest.mark.slow
def test_the_project_as_kept_from_another_month_gives_the_same_figures(
    built: Settings, compiled: CompiledProject
) -> None:
    progress.build(built, MONTH + 1)
    kept = tables(progress.candidate_of(built, MONTH + 1))

    anew = tables(compiled.build(built, MONTH + 1))

    assert kept == anew
