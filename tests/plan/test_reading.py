"""What a plan folder may look like on disk: encodings, line ends, lost columns, broken records."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from tests.plan.conftest import Folder
from warehouse.errors import MinshengError
from warehouse.plan import check
from warehouse.plan.shapes import TABLES

TEXT = "plan-text.txt"


def found(folder: Folder) -> list[tuple[str, int, str, str]]:
    """Return file, line, column and code of every fault."""
    return [(fault.file, fault.line, fault.column, fault.code) for fault in check(folder.path)]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MinshengError, match="no plan folder"):
        check(tmp_path / "nowhere")


def test_a_file_in_place_of_the_folder_is_called_a_file(folder: Folder) -> None:
    with pytest.raises(MinshengError, match="is a file, not a folder"):
        check(folder.path / "plan.csv")


@pytest.mark.parametrize("file", ["plan.csv", "targets.csv", "areas.csv", "organizations.csv"])
def test_a_file_that_a_plan_needs_is_missed(folder: Folder, file: str) -> None:
    (folder.path / file).unlink()

    assert (file, 0, "", "missing_file") in found(folder)


def test_all_tables_but_those_that_every_plan_needs_may_be_left_out(folder: Folder) -> None:
    for table in TABLES:
        if table.optional:
            (folder.path / table.file).unlink()
    folder.change("targets.csv", "T01-02", "pace", "level")

    assert found(folder) == []


def test_a_table_of_another_name_is_no_table(folder: Folder) -> None:
    (folder.path / "pace_profiles.csv").rename(folder.path / "pace_profile.csv")

    assert ("pace_profile.csv", 0, "", "unknown_file") in found(folder)


def test_a_plan_has_a_text(folder: Folder) -> None:
    (folder.path / TEXT).unlink()

    assert found(folder) == [("*.txt", 0, "", "missing_text")]


def test_a_plan_has_one_text(folder: Folder) -> None:
    (folder.path / "second.txt").write_text("示例", encoding="utf-8")

    assert found(folder) == [("second.txt", 0, "", "several_texts")]


def test_the_text_holds_something(folder: Folder) -> None:
    (folder.path / TEXT).write_text(" \n", encoding="utf-8")

    assert found(folder) == [(TEXT, 1, "", "empty_text")]


def test_what_is_not_utf8_is_found_at_its_line(folder: Folder) -> None:
    path = folder.path / "organizations.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], "CIVIC,示例区民政局,department,\n".encode("gb18030")]))

    assert ("organizations.csv", 3, "", "not_utf8") in found(folder)


def test_a_text_that_is_not_utf8_is_found(folder: Folder) -> None:
    (folder.path / TEXT).write_bytes("示例".encode("gb18030"))

    assert found(folder) == [(TEXT, 1, "", "not_utf8")]


def test_a_byte_order_mark_and_windows_line_ends_are_no_faults(folder: Folder) -> None:
    for path in folder.path.iterdir():
        path.write_bytes(codecs.BOM_UTF8 + path.read_bytes().replace(b"\n", b"\r\n"))

    assert found(folder) == []


def test_a_text_named_in_capitals_is_the_text(folder: Folder) -> None:
    (folder.path / TEXT).rename(folder.path / "PLAN-TEXT.TXT")

    assert found(folder) == []


def test_a_second_text_in_capitals_is_seen(folder: Folder) -> None:
    (folder.path / "other.TXT").write_text("示例", encoding="utf-8")

    assert [code for *_, code in found(folder)] == ["several_texts"]


def test_words_are_not_looked_up_in_one_of_several_texts(folder: Folder) -> None:
    (folder.path / "a.txt").write_text("示例", encoding="utf-8")

    assert found(folder) == [(TEXT, 0, "", "several_texts")]


@pytest.mark.parametrize("file", ["STATUS_RULES.CSV", "Pace_Profiles.csv", "TARGETS.CSV"])
def test_a_table_whose_name_has_capitals_is_not_lost_silently(folder: Folder, file: str) -> None:
    (folder.path / file.lower()).rename(folder.path / file)

    assert found(folder) == [(file, 0, "", "unknown_file")]


def test_a_table_whose_name_has_capitals_is_told_its_own(folder: Folder) -> None:
    (folder.path / "status_rules.csv").rename(folder.path / "STATUS_RULES.CSV")

    (fault,) = check(folder.path)

    assert fault.reason.endswith("this one's is status_rules.csv")


def test_a_folder_called_like_a_table_is_not_a_file(folder: Folder) -> None:
    (folder.path / "status_rules.csv").unlink()
    (folder.path / "status_rules.csv").mkdir()

    assert found(folder) == [("status_rules.csv", 0, "", "not_a_file")]


def test_a_text_that_leads_nowhere_is_not_a_file(folder: Folder) -> None:
    (folder.path / TEXT).unlink()
    (folder.path / TEXT).symlink_to(folder.path / "moved.txt")

    assert found(folder) == [(TEXT, 0, "", "not_a_file")]


def test_a_file_that_may_not_be_opened_is_a_fault(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "targets.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert found(folder) == [("targets.csv", 0, "", "unreadable_file")]


def test_a_file_without_a_line_lacks_its_header(folder: Folder) -> None:
    (folder.path / "status_rules.csv").write_text("", encoding="utf-8")

    assert found(folder) == [("status_rules.csv", 1, "", "missing_header")]


def test_a_missing_column_is_one_fault(folder: Folder) -> None:
    rows = folder.rows("indicators.csv")
    place = rows[0].index("scale")
    folder.write("indicators.csv", [row[:place] + row[place + 1 :] for row in rows])

    assert found(folder) == [("indicators.csv", 1, "scale", "missing_column")]


def test_a_column_that_came_later_may_be_left_out(folder: Folder) -> None:
    for table in TABLES:
        later = {column.name for column in table.columns if column.may_be_left_out}
        header, *rows = folder.rows(table.file)
        kept = [place for place, name in enumerate(header) if name not in later]
        folder.write(table.file, [[cells[place] for place in kept] for cells in [header, *rows]])

    assert found(folder) == []


def test_a_column_that_no_plan_has_is_a_fault(folder: Folder) -> None:
    header, *rows = folder.rows("areas.csv")
    folder.write("areas.csv", [[*header, "population"], *([*row, ""] for row in rows)])

    assert found(folder) == [("areas.csv", 1, "population", "unknown_column")]


def test_a_column_that_is_there_twice_is_a_fault(folder: Folder) -> None:
    folder.write("areas.csv", [[*row, row[-1]] for row in folder.rows("areas.csv")])

    assert found(folder) == [("areas.csv", 1, "parent_code", "duplicate_column")]


def test_a_row_with_a_comma_too_many_is_not_guessed_at(folder: Folder) -> None:
    folder.append("status_rules.csv", "far_behind,,red,level,")

    assert found(folder) == [("status_rules.csv", 5, "", "ragged_row")]


def test_a_row_of_commas_is_empty(folder: Folder) -> None:
    folder.append("areas.csv", ",,,")

    assert found(folder) == [("areas.csv", 6, "", "empty_row")]


def test_a_quotation_mark_that_never_closes_is_found_where_it_opens(folder: Folder) -> None:
    folder.append("areas.csv", '999999003,"南街街道,subdistrict,999999')

    assert found(folder) == [("areas.csv", 6, "", "malformed_csv")]


def test_a_cell_after_a_line_break_is_counted_on_its_own_line(folder: Folder) -> None:
    rows = folder.rows("commitments.csv")
    rows[1][2] = "一、\n总体目标"
    rows[2][1] = "?"
    folder.write("commitments.csv", rows)

    assert found(folder) == [("commitments.csv", 4, "kind", "unknown_word")]


def test_a_quote_is_found_across_the_line_breaks_of_the_text(folder: Folder) -> None:
    path = folder.path / TEXT
    path.write_text(
        path.read_text(encoding="utf-8").replace("城镇就业6000人", "城镇\n　　就业 6000人"), encoding="utf-8"
    )

    assert found(folder) == []
