from __future__ import annotations

import io
import time
import zipfile

import pytest

from tests.intake.conftest import HEADER, Files, Home, Maker, Receipt, rules_of

MIME = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style")
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def typed(kind: str, attributes: str, content: str) -> str:
    return f'<table:table-cell {attributes} office:value-type="{kind}">{content}</table:table-cell>'


def cell(text: object, attributes: str = "") -> str:
    return typed("string", attributes, f"<text:p>{text}</text:p>")


def figure(value: object, kind: str = "float", shown: object = None) -> str:
    return typed(kind, f'office:value="{value}"', f"<text:p>{value if shown is None else shown}</text:p>")


def day(date_value: str) -> str:
    return typed("date", f'office:date-value="{date_value}"', "<text:p>as shown</text:p>")


sent = Files(".ods")
BLANK = "<table:table-cell/>"
HEAD = "".join(map(cell, HEADER.split(",")))
GOOD = cell("2025-03") + cell("JOBS") + BLANK + cell("210504002") + figure(12)


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def sheet(*rows: str, attributes: str = "") -> str:
    return f'<table:table table:name="填报" {attributes}>{"".join(rows)}</table:table>'


def workbook(*sheets: str, styles: str = "", mime: str = MIME, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("mimetype", mime)
        container.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
        for name, text in parts.items():
            container.writestr(name, text)
    return stream.getvalue()


@pytest.fixture(scope="module")
def answers(shared_home: Home) -> dict[Maker, Receipt]:
    return sent.sent_to(shared_home)


@sent
def sound() -> bytes:
    return workbook(sheet(row(HEAD), row(GOOD)))


def test_a_sound_row_reaches_the_ledger(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    receipt = answers[sound]

    assert receipt["rows"] == {"read": 2, "accepted": 1, "warned": 0, "refused": 0, "blank": 0, "non_data": 1}
    columns = "indicator_code, area_code, period, kind, value, numerator, denominator"
    assert shared_home.kept(receipt, columns) == [("JOBS", "210504002", "2025-03", "figure", 12, None, None)]
    assert shared_home.format_of(receipt) == "ods"


def test_a_month_in_every_kind_of_cell(home: Home) -> None:
    periods = [cell("2025年3月"), day("2025-03-31"), day("2025-03-01T00:00:00"), figure("202503")]
    others = GOOD.removeprefix(cell("2025-03"))
    receipts = home.send_each(
        {period: workbook(sheet(row(HEAD), row(period + others))) for period in periods}, ".ods"
    )

    assert home.kept_of_each(receipts, "period") == {period: [("2025-03",)] for period in periods}


@sent
def percentage() -> bytes:
    line = cell("2025-03") + cell("AIR") + BLANK * 2 + figure("0.953", "percentage", "95.3%")
    return workbook(sheet(row(HEAD), row(line)))


def test_a_percentage_is_a_percent_sign(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    assert shared_home.kept(answers[percentage], "cast(value as varchar)") == [("95.300000",)]


def test_a_figure_is_what_the_cell_shows(home: Home) -> None:
    cells = {
        "rounded": (figure("1234.5678", shown="1,234.57"), ["1234.567800"]),
        "scaled": (figure("1.2", shown="1.2万"), ["12000.000000"]),
        "not said": (typed("float", 'office:value="7.5"', ""), ["7.500000"]),
        "without a word for the scale": (figure("2345", shown="2"), []),
        "nothing": (figure("5", shown=""), []),
    }
    line = cell("2025-12") + cell("ROADS") + BLANK * 2
    receipts = home.send_each(
        {case: workbook(sheet(row(HEAD), row(line + value))) for case, (value, _) in cells.items()}, ".ods"
    )

    kept = home.kept_of_each(receipts, "cast(value as varchar)")
    assert kept == {case: [(figure,) for figure in figures] for case, (_, figures) in cells.items()}
    refused = [receipt["refusals"][0] for receipt in receipts.values() if receipt["refusals"]]
    assert [(one["rule"], one["reason_zh"].partition("，无法")[0]) for one in refused] == [
        ("not_as_shown", "「数值」显示为「2」，而存储的是「2345」"),
        ("not_as_shown", "「数值」显示为「」，而存储的是「5」"),
    ]


def failed(error: str) -> bytes:
    broken = cell(error, 'table:formula="of:=1/0" calcext:value-type="error" office:string-value=""')
    return workbook(sheet(row(HEAD), row(GOOD.replace(figure(12), broken))))


def test_an_error_cell_is_refused_as_one(home: Home) -> None:
    errors = ["#DIV/0!", "#N/A", "Err:502"]
    receipts = home.send_each({error: failed(error) for error in errors}, ".ods")

    found = {
        error: [(one["rule"], one["row"], one["text"]) for one in receipt["refusals"]]
        for error, receipt in receipts.items()
    }
    assert found == {error: [("error_cell", 2, error)] for error in errors}


@sent
def formula_without_result() -> bytes:
    line = GOOD.replace(figure(12), '<table:table-cell table:formula="of:=6*7"/>')
    return workbook(sheet(row(HEAD), row(line)))


def test_a_formula_without_its_result_is_refused(answers: dict[Maker, Receipt]) -> None:
    assert rules_of(answers[formula_without_result]["refusals"]) == ["formula_not_computed"]


@sent
def repeated() -> bytes:
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    return workbook(
        sheet(
            row(BLANK, 'table:number-rows-repeated="3"'),
            row(HEAD),
            row(GOOD + blank),
            row(blank, 'table:number-rows-repeated="4"'),
            row(GOOD.replace("JOBS", "NO SUCH"), 'table:number-rows-repeated="2"'),
            row(blank, 'table:number-rows-repeated="1048000"'),
        )
    )


def test_repeated_rows_and_cells_are_as_many_as_they_say(answers: dict[Maker, Receipt]) -> None:
    receipt = answers[repeated]

    assert receipt["rows"] == {
        "read": 11,
        "accepted": 1,
        "warned": 0,
        "refused": 2,
        "blank": 7,
        "non_data": 1,
    }
    assert [one["row"] for one in receipt["refusals"]] == [10, 11]


@sent
def text_of_many_parts() -> bytes:
    comment = "<office:annotation><text:p>批注</text:p></office:annotation>"
    lines = '<text:p>上<text:span>中</text:span><text:s text:c="2"/>右</text:p><text:p>下</text:p>'
    remark = typed("string", "", comment + lines)
    return workbook(sheet(row(HEAD), row(GOOD + BLANK * 3 + remark)))


def test_the_text_of_a_cell_is_whole_and_its_comment_no_part_of_it(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    assert shared_home.kept(answers[text_of_many_parts], "remark") == [("上中  右\n下",)]


@sent
def merged_cells() -> bytes:
    spanning = cell("2025-03", 'table:number-rows-spanned="2"')
    covered = "<table:covered-table-cell/>" + GOOD.removeprefix(cell("2025-03"))
    return workbook(sheet(row(HEAD), row(spanning + GOOD.removeprefix(cell("2025-03"))), row(covered)))


def test_merged_cells_are_never_guessed_down(answers: dict[Maker, Receipt]) -> None:
    refusals = answers[merged_cells]["refusals"]

    assert [(one["row"], one["rule"]) for one in refusals] == [(3, "period_missing")]


@sent
def hidden_sheet_and_row() -> bytes:
    style = (
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    return workbook(
        sheet(row(HEAD), row(GOOD), row(GOOD.replace("2025-03", "2025-02"), 'table:visibility="collapse"')),
        sheet(row(HEAD), row(GOOD), attributes='table:style-name="ta2"'),
        styles=style,
    )


def test_a_hidden_sheet_is_told_and_a_hidden_row_is_read_and_told(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    receipt = answers[hidden_sheet_and_row]

    assert [(one["rule"], one["row"]) for one in receipt["warnings"]] == [
        ("hidden_sheet", None),
        ("hidden_rows", 3),
    ]
    assert shared_home.kept(receipt, "row_number") == [(2,), (3,)]


@pytest.mark.slow
def test_a_row_repeated_a_million_times_stays_bounded(home: Home) -> None:
    begun = time.monotonic()
    huge = row(cell("x" * 30_000) * 200, 'table:number-rows-repeated="1000000"')
    home.drop("huge.ods", workbook(sheet(row(HEAD), huge)))
    home.drop("good.csv", f"{HEADER}\n2025-03,AIR,,,95,,,,\n")

    statuses = {one.file_name: one.status for one in home.take_in().submissions}

    assert statuses == {"huge.ods": "refused", "good.csv": "accepted"}
    assert time.monotonic() - begun < 60


def test_what_a_workbook_must_not_be_is_refused(home: Home) -> None:
    columns = 'table:number-columns-repeated="{}"'
    cases = {
        "a text": (
            workbook(sheet(row(HEAD)), mime="application/vnd.oasis.opendocument.text"),
            "unsupported_format",
        ),
        "macros": (workbook(sheet(row(HEAD)), **{"Basic/Standard/Module1.xml": "<x/>"}), "macro_workbook"),
        "encrypted": (
            workbook(sheet(row(HEAD)), **{"META-INF/manifest.xml": "<encryption-data/>"}),
            "encrypted_workbook",
        ),
        "entities": (workbook(sheet(row(HEAD)), **{"styles.xml": "<!DOCTYPE x><x/>"}), "hostile_workbook"),
        "an open element": (workbook("<table:table>"), "broken_workbook"),
        "too wide": (workbook(sheet(row(cell("x", columns.format(2000))))), "too_many_columns"),
        "repeated many times": (workbook(sheet(row(cell("x", columns.format("many"))))), "broken_workbook"),
        "no sheet": (workbook(), "no_sheets"),
    }
    receipts = home.send_each({case: content for case, (content, _) in cases.items()}, ".ods")

    assert {case: rules_of(receipt["refusals"]) for case, receipt in receipts.items()} == {
        case: [rule] for case, (_, rule) in cases.items()
    }


def test_hidden_columns_and_rows_without_height_are_told(home: Home) -> None:
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-{kind}-properties style:{size}="0cm"/></style:style>'
        for name, kind, size in (("co9", "column", "column-width"), ("ro9", "row", "row-height"))
    )
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
        '<table:table-column table:style-name="co9"/>'
    )
    flat = row(GOOD, 'table:style-name="ro9"')

    receipt = home.send(workbook(sheet(columns, row(HEAD), flat), styles=styles), "a.ods")

    assert [(one["rule"], one["row"], one["text"]) for one in receipt["warnings"]] == [
        ("hidden_columns", None, "指标编码、地区编码"),
        ("hidden_rows", 2, None),
    ]
    assert receipt["rows"]["refused"] == 0
