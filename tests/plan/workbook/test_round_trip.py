"""CSV to workbook to CSV: byte for byte for plans in the project's own form, cell for cell for others."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan.conftest import MINIMAL
from tests.services import libreoffice
from warehouse.plan.shapes import TABLES, UNDECIDED
from warehouse.plan.workbook import export, take
from warehouse.plan.workbook.contents import Contents, Records, read
from warehouse.plan.workbook.export import workbook_of
from warehouse.plan.workbook.places import places_of
from warehouse.plan.workbook.reading import read_workbook
from warehouse.settings import PROJECT

PLANS = [PROJECT / "seeds", *sorted((PROJECT / "tests" / "plans").iterdir())]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".csv", ".txt"}}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_every_plan_of_the_project_comes_back_byte_for_byte(plan: Path, tmp_path: Path) -> None:
    export(plan, tmp_path / "plan.xlsx")

    taken = take(tmp_path / "plan.xlsx", tmp_path / "plan", is_confirmed=False)

    assert taken.is_taken
    assert files_of(tmp_path / "plan") == files_of(plan)


def test_the_same_folder_gives_the_same_workbook(tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(MINIMAL, tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_of_another_form_comes_back_cell_for_cell(tmp_path: Path) -> None:
    shutil.copytree(MINIMAL, tmp_path / "other")
    path = tmp_path / "other" / "organizations.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(
            [row[::-1] for row in rows]
        )

    export(tmp_path / "other", tmp_path / "plan.xlsx")
    take(tmp_path / "plan.xlsx", tmp_path / "plan", is_confirmed=False)

    assert read(tmp_path / "plan").tables == read(tmp_path / "other").tables


cells = st.one_of(
    st.sampled_from(["", "=1+1", "'quoted", "1e5", "007", "2025-03", "TRUE", " blank ", "a\r\nb"]),
    st.text(
        st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"),
        max_size=12,
    ),
)


@st.composite
def contents(draw: st.DrawFn) -> Contents:
    """A plan folder with any texts in its cells; no row is empty, as no row of the project's own form is."""
    tables = {}
    for table in draw(st.lists(st.sampled_from((*TABLES, UNDECIDED)), unique=True, max_size=4)):
        header = [
            column.name for column in table.columns if not column.may_be_left_out or draw(st.booleans())
        ]
        row = st.lists(cells, min_size=len(header), max_size=len(header)).filter(any)
        tables[table.file] = Records(header, draw(st.lists(row, max_size=4)), [])
    text = "\n".join(draw(st.lists(cells, max_size=4)))
    needed = {table.file: table for table in TABLES if not table.optional and table.file not in tables}
    empty = {
        file: Records([one.name for one in table.columns if not one.may_be_left_out], [], [])
        for file, table in needed.items()
    }
    return Contents(tables | empty, "plan-text.txt", text)


@settings(max_examples=10, deadline=None)
@given(before=contents())
def test_any_plan_comes_back_as_it_was(before: Contents, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "plan.xlsx"
    path.write_bytes(workbook_of(before, places_of(before, [])))

    assert read_workbook(path).contents.files() == before.files()


def through_libreoffice(plan: Path, folder: Path) -> Path:
    """Export a plan, let LibreOffice change one title and save it, and return the folder it is taken into."""
    export(plan, folder / "plan.xlsx")
    sheet = openpyxl.load_workbook(folder / "plan.xlsx")["commitments 承诺"]
    column = [cell.value for cell in sheet[5]].index("title_zh")
    name = sheet.cell(6, column + 1).coordinate
    libreoffice.filled(folder / "plan.xlsx", folder / "edited.xlsx", "commitments 承诺", {name: "新标题"})
    shutil.copytree(plan, folder / "plan")
    return folder / "plan"


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(MINIMAL, marks=pytest.mark.slow),
        pytest.param(PROJECT / "seeds", marks=pytest.mark.long),
    ],
    ids=lambda plan: plan.name,
)
def test_what_a_person_edits_in_libreoffice_is_the_only_difference(plan: Path, tmp_path: Path) -> None:
    folder = through_libreoffice(plan, tmp_path)

    taken = take(tmp_path / "edited.xlsx", folder, is_confirmed=True)

    (difference,) = taken.differences
    assert (difference.file, difference.column, difference.after) == ("commitments.csv", "title_zh", "新标题")
    changed = {name for name, content in files_of(folder).items() if content != (plan / name).read_bytes()}
    assert changed == {"commitments.csv"}
