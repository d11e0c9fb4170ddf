from __future__ import annotations

import io
import time
import zipfile

import pytest

from tests.intake.conftest import HEADER, Home, rules_of

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


def figure(value: object, kind: str = "float") -> str:
    return typed(kind, f'office:value="{value}"', "<text:p>as shown</text:p>")


def day(date_value: str) -> str:
    return typed("date", f'office:date-value="{date_value}"', "<text:p>as shown</text:p>")


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


def test_a_sound_row_reaches_the_ledger(home: Home) -> None:
    receipt = home.send(workbook(sheet(row(HEAD), row(GOOD))), "a.ods")

    assert receipt["rows"] == {"read": 2, "accepted": 1, "warned": 0, "refused": 0, "blank": 0, "non_data": 1}
    assert home.observations() == [("JOBS", "210504002", "2025-03", "figure", 12, None, None)]
    assert home.query("select format from ledger.submissions") == [("ods",)]


@pytest.mark.parametrize(
    "period",
    [
        cell("2025年3月"),
        day("2025-03-31"),
        day("2025-03-01T00:00:00"),
        figure("202503"),
    ],
)
def test_a_month_in_every_kind_of_cell(home: Home, period: str) -> None:
    home.send(workbook(sheet(row(HEAD), row(period + GOOD.removeprefix(cell("2025-03"))))), "a.ods")

    assert home.query("select period from ledger.observations") == [("2025-03",)]


def test_a_percentage_is_a_percent_sign(home: Home) -> None:
    line = cell("2025-03") + cell("AIR") + BLANK * 2 + figure("0.953", "percentage")
    home.send(workbook(sheet(row(HEAD), row(line))), "a.ods")

    assert home.query("select cast(value as varchar) from ledger.observations") == [("95.300000",)]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "Err:502"])
def test_an_error_cell_is_refused_as_one(home: Home, error: str) -> None:
    broken = cell(error, 'table:formula="of:=1/0" calcext:value-type="error" office:string-value=""')
    line = GOOD.replace(figure(12), broken)
    receipt = home.send(workbook(sheet(row(HEAD), row(line))), "a.ods")

    assert [(one["rule"], one["row"], one["text"]) for one in receipt["refusals"]] == [
        ("error_cell", 2, error)
    ]


def test_a_formula_without_its_result_is_refused(home: Home) -> None:
    line = GOOD.replace(figure(12), '<table:table-cell table:formula="of:=6*7"/>')
    receipt = home.send(workbook(sheet(row(HEAD), row(line))), "a.ods")

    assert rules_of(receipt["refusals"]) == ["not_a_number"]


def test_repeated_rows_and_cells_are_as_many_as_they_say(home: Home) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    content = workbook(
        sheet(
            row(BLANK, 'table:number-rows-repeated="3"'),
            row(HEAD),
            row(GOOD + blank),
            row(blank, 'table:number-rows-repeated="4"'),
            row(GOOD.replace("JOBS", "NO SUCH"), 'table:number-rows-repeated="2"'),
            row(blank, 'table:number-rows-repeated="1048000"'),
        )
    )
    receipt = home.send(content, "a.ods")

    assert receipt["rows"] == {
        "read": 11,
        "accepted": 1,
        "warned": 0,
        "refused": 2,
        "blank": 7,
        "non_data": 1,
    }
    assert [one["row"] for one in receipt["refusals"]] == [10, 11]


def test_the_text_of_a_cell_is_whole_and_its_comment_no_part_of_it(home: Home) -> None:
    comment = "<office:annotation><text:p>批注</text:p></office:annotation>"
    lines = '<text:p>上<text:span>中</text:span><text:s text:c="2"/>右</text:p><text:p>下</text:p>'
    remark = typed("string", "", comment + lines)
    home.send(workbook(sheet(row(HEAD), row(GOOD + BLANK * 3 + remark))), "a.ods")

    assert home.query("select remark from ledger.observations") == [("上中  右\n下",)]


def test_merged_cells_are_never_guessed_down(home: Home) -> None:
    spanning = cell("2025-03", 'table:number-rows-spanned="2"')
    covered = "<table:covered-table-cell/>" + GOOD.removeprefix(cell("2025-03"))
    content = workbook(sheet(row(HEAD), row(spanning + GOOD.removeprefix(cell("2025-03"))), row(covered)))

    assert [(one["row"], one["rule"]) for one in home.send(content, "a.ods")["refusals"]] == [
        (3, "period_missing")
    ]


def test_a_hidden_sheet_is_told_and_a_hidden_row_is_read_and_told(home: Home) -> None:
    style = (
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    content = workbook(
        sheet(row(HEAD), row(GOOD), row(GOOD.replace("2025-03", "2025-02"), 'table:visibility="collapse"')),
        sheet(row(HEAD), row(GOOD), attributes='table:style-name="ta2"'),
        styles=style,
    )
    receipt = home.send(content, "a.ods")

    assert [(one["rule"], one["row"]) for one in receipt["warnings"]] == [
        ("hidden_sheet", None),
        ("hidden_rows", 3),
    ]
    assert len(home.observations()) == 2


@pytest.mark.slow
def test_a_row_repeated_a_million_times_stays_bounded(home: Home) -> None:
    begun = time.monotonic()
    huge = row(cell("x" * 30_000) * 200, 'table:number-rows-repeated="1000000"')
    home.drop("huge.ods", workbook(sheet(row(HEAD), huge)))
    home.drop("good.csv", f"{HEADER}\n2025-03,AIR,,,95,,,,\n")

    statuses = {one.file_name: one.status for one in home.take_in().submissions}

    assert statuses == {"huge.ods": "refused", "good.csv": "accepted"}
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (workbook(sheet(row(HEAD)), mime="application/vnd.oasis.opendocument.text"), "unsupported_format"),
        (workbook(sheet(row(HEAD)), **{"Basic/Standard/Module1.xml": "<x/>"}), "macro_workbook"),
        (workbook(sheet(row(HEAD)), **{"META-INF/manifest.xml": "<encryption-data/>"}), "encrypted_workbook"),
        (workbook(sheet(row(HEAD)), **{"styles.xml": "<!DOCTYPE x><x/>"}), "hostile_workbook"),
        (workbook("<table:table>"), "broken_workbook"),
        (workbook(sheet(row(cell("x", 'table:number-columns-repeated="2000"')))), "too_many_columns"),
        (workbook(sheet(row(cell("x", 'table:number-columns-repeated="many"')))), "broken_workbook"),
        (workbook(), "no_sheets"),
    ],
)
def test_what_a_workbook_must_not_be_is_refused(home: Home, content: bytes, rule: str) -> None:
    assert rules_of(home.send(content, "a.ods")["refusals"]) == [rule]
