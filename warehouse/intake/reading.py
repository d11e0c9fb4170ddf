"""Reading one delivery: its sheets, their headers, their rows into the stage; always with an outcome."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, islice

from warehouse.intake import attempts, readers
from warehouse.intake.columns import HEADER_WITHIN, Header, closest_row, find_header
from warehouse.intake.deliveries import Delivery
from warehouse.intake.findings import FileFinding, FileRefused
from warehouse.intake.headings import column_of, names_other_figures
from warehouse.intake.readers import Document, Sheet, Uniform, Workbooks
from warehouse.intake.readers.ahead import ahead
from warehouse.intake.readers.document import MOST_COLUMNS, Block, Row, too_many_columns
from warehouse.intake.readers.uniform import DELIMITER
from warehouse.intake.readers.unseen import as_seen, hidden_columns
from warehouse.intake.staging import RowStage
from warehouse.intake.table_rows import TableRows, runs
from warehouse.logs import logger

SAMPLE_MARK = "样例数据"
_TEMPLATE = re.compile(r"MS/([^/\s]+)/\d{4}-\d{2}/(\w+)")
_MOST_ROWS = 20_000_000
_MOST_NAME_BYTES = 200
_CHUNK = 20_000
_BLOCKS_AHEAD = 16


@dataclass
class Reading:
    """What reading a file found out, besides the rows now in the stage."""

    format: str | None = None
    is_void: bool = False
    """The file is refused as a whole, and the rows it has in the stage with it."""
    is_sample: bool = False
    template_organization: str | None = None
    template_plan: str | None = None
    """Whose template the file was filled into, and the start of the plan version it was written by."""
    unstaged: Counter[str] = field(default_factory=Counter)
    """Rows that are not in the stage: how many are blank, non_data, or refused."""
    findings: list[FileFinding] = field(default_factory=list)


def read(delivery: Delivery, number: int, stage: RowStage, workbooks: Workbooks) -> Reading:
    """Read a delivery into the stage as its `number`-th; never raises for what a file may hold."""
    with attempts.opening(delivery.claim.path, "read"):
        return _read(delivery, number, stage, workbooks)


def _read(delivery: Delivery, number: int, stage: RowStage, workbooks: Workbooks) -> Reading:
    reading = Reading()
    try:
        _refuse_name(delivery)
        together = readers.uniform_file(delivery.path, delivery.size_bytes)
        if together and not _has_further_lines_of_words(together):
            _leave_for_all(together, number, stage, reading)
        else:
            with readers.opened(delivery.path, workbooks) as document:
                reading.format = document.format
                _read_sheets(document, number, stage, reading)
    except FileRefused as refused:
        reading.findings.append(refused.finding())
        reading.is_void = True
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a reader's panic is no Exception, and no file may stop the others
        logger(__name__).exception("unreadable file", sha256=delivery.sha256)
        reading.findings.append(FileFinding("unreadable", text="内容无法识别"))
        reading.is_void = True
    return reading


def _refuse_name(delivery: Delivery) -> None:
    name = delivery.claim.file_name
    if "\ufffd" in name or len(name.encode()) > _MOST_NAME_BYTES:
        raise FileRefused("file_name", text=name[:60])


def _has_further_lines_of_words(together: Uniform) -> bool:
    """Return whether a line below the header has a heading or words where the codes stand, or nothing there.

    It may be a second line of the header, the header of a second table, or a note on units.
    """
    place = together.header.positions["indicator_code"]
    codes = {line.split(DELIMITER.encode(), place + 1)[place].strip() for line in together.lines.splitlines()}
    return any(not code or not code.isascii() or column_of(code.decode()) for code in codes)


def _leave_for_all(together: Uniform, number: int, stage: RowStage, reading: Reading) -> None:
    """Note what a file says of itself, and leave its rows to be read with those of other files."""
    reading.format = "csv"
    sheet = Sheet("", iter(()), is_delimited=True)
    _note_header(sheet, together.header, [together.heading], reading)
    stage.add_lines(stage.begin(number, sheet, together.header), together.lines, together.count)


def _read_sheets(document: Document, number: int, stage: RowStage, reading: Reading) -> None:
    headerless: list[FileRefused] = []
    refused_sheets: list[FileRefused] = []
    passed: Counter[str] = Counter()
    has_data_sheet = False
    for sheet in document.sheets:
        rows = iter(sheet.rows)
        head: list[Row] = []
        try:
            with _accounted(head, reading):
                head.extend(islice(rows, HEADER_WITHIN))
                _refuse_size(head or [()], 1)
            is_passed = sheet.is_hidden or names_other_figures(sheet.name)
            header, lacking = (None, None) if is_passed else _header_of(head)
            if header:
                has_data_sheet = True
                _note_header(sheet, header, head[: header.row_number], reading)
                tables = TableRows(stage, number, sheet, header)
                if sheet.blocks and header.cells == header.width and not header.months:
                    _stage_blocks(sheet.blocks(header.row_number, header.width), tables, stage, reading)
                else:
                    following: Iterator[Row] = chain(head[header.row_number :], rows)
                    if sheet.hidden_columns:
                        following = as_seen(
                            following, header, head[header.row_number - 1], sheet.hidden_columns
                        )
                    tables.add_head(head[: header.row_number])
                    _stage_rows(following, header.row_number + 1, tables, reading)
                _note_unseen(sheet, header, reading)
            elif lacking and lacking.rule != "missing_columns":
                _refuse_sheet(lacking, head, rows, reading)
                refused_sheets.append(lacking)
                lacking.where.setdefault("sheet", sheet.name)
            else:
                above = int(lacking.where["row_number"] or 0) if lacking else 0
                reading.unstaged.update(map(_kind_of, head[:above]))
                passed.update(map(_kind_of, chain(head[above:], rows)))
                headerless.append(_warn_of_passing(sheet, head, lacking, reading))
        except FileRefused as refused:
            refused.where.setdefault("sheet", sheet.name)
            raise
    if not has_data_sheet:
        passed["refused"] += passed.pop("non_data", 0)
    reading.unstaged += passed
    reading.findings += [refused.finding() for refused in refused_sheets]
    reading.is_void |= not has_data_sheet
    if not has_data_sheet and not refused_sheets:
        raise headerless[0]


def _header_of(head: list[Row]) -> tuple[Header | None, FileRefused | None]:
    """Find a sheet's header, or why it is none that can be read."""
    try:
        return find_header(head), None
    except FileRefused as refused:
        return None, refused


def _refuse_sheet(refused: FileRefused, head: list[Row], rows: Iterator[Row], reading: Reading) -> None:
    """Count the rows of a sheet whose header cannot be told apart: those below it are refused."""
    below = int(refused.where.setdefault("row_number", None) or 0)
    reading.unstaged.update(map(_kind_of, head[:below]))
    _refuse_rows(chain(head[below:], rows), reading)


def _refuse_rows(rows: Iterable[Row], reading: Reading) -> None:
    """Count rows of a file that is refused anyway, as far as it can be read and may go."""
    with suppress(FileRefused):
        reading.unstaged.update(map(_refused_kind_of, islice(rows, _MOST_ROWS)))


@contextmanager
def _accounted(in_hand: list[Row], reading: Reading) -> Iterator[None]:
    """Count the rows in hand as refused where the file breaks before they are in the stage."""
    try:
        yield
    except FileRefused:
        _refuse_rows(in_hand, reading)
        raise


def _note_header(sheet: Sheet, header: Header, preamble: list[Row], reading: Reading) -> None:
    reading.unstaged.update(map(_kind_of, preamble))
    reading.is_sample |= any(SAMPLE_MARK in cell for row in preamble for cell in row)
    if match := next(filter(None, (_TEMPLATE.search(cell) for row in preamble for cell in row)), None):
        reading.template_organization, reading.template_plan = match.groups()
    if header.months:
        months = "、".join(one.period for one in header.months)
        finding = FileFinding("months_as_columns", sheet.name, row_number=header.row_number, text=months)
        reading.findings.append(finding)
    if header.unknown:
        unknown = "、".join(preamble[-1][place].strip() for place in header.unknown)
        finding = FileFinding("unknown_columns", sheet.name, row_number=header.row_number, text=unknown)
        reading.findings.append(finding)


def _note_unseen(sheet: Sheet, header: Header, reading: Reading) -> None:
    """Tell of hidden rows and columns that were read, and of covered cells that were not."""
    if hidden := hidden_columns(header, sheet.hidden_columns):
        names = "、".join(header.headings.get(column, column) for column in hidden)
        reading.findings.append(FileFinding("hidden_columns", sheet.name, text=names))
    if covered := [row_number for row_number in sheet.covered_rows if row_number > header.row_number]:
        finding = FileFinding("covered_cells", sheet.name, row_number=covered[0], actual=str(len(covered)))
        reading.findings.append(finding)
    if below := [row_number for row_number in sheet.hidden_rows if row_number > header.row_number]:
        finding = FileFinding("hidden_rows", sheet.name, row_number=below[0], actual=str(len(below)))
        reading.findings.append(finding)


def _stage_rows(rows: Iterator[Row], first_row: int, tables: TableRows, reading: Reading) -> None:
    while True:
        piece: list[Row] = []
        with _accounted(piece, reading):
            piece.extend(islice(rows, _CHUNK))
            _refuse_size(piece or [()], first_row)
        if not piece:
            break
        tables.add(first_row, piece)
        first_row += len(piece)
    _note_tables(tables, reading)


def _note_tables(tables: TableRows, reading: Reading) -> None:
    reading.unstaged.update(map(_kind_of, tables.not_staged()))
    reading.findings += tables.told()


def _stage_blocks(blocks: Iterator[Block], tables: TableRows, stage: RowStage, reading: Reading) -> None:
    for block in ahead(blocks, _BLOCKS_AHEAD):
        others = block.others
        if tables.is_of_one_header(block):
            stage.add_block(tables.source, block)
        else:
            others = sorted([*others, *block.as_rows()])
        for row_number, rows in runs(others):
            with _accounted(rows, reading):
                _refuse_size(rows, row_number)
            tables.add(row_number, rows)
    _note_tables(tables, reading)


def _refuse_size(rows: list[Row], first_row: int) -> None:
    if first_row + len(rows) > _MOST_ROWS:
        raise FileRefused("too_many_rows", expected=str(_MOST_ROWS))
    if max(map(len, rows)) > MOST_COLUMNS:
        widest = max(range(len(rows)), key=lambda place: len(rows[place]))
        raise too_many_columns(first_row + widest, len(rows[widest]))


def _warn_of_passing(
    sheet: Sheet, head: list[Row], lacking: FileRefused | None, reading: Reading
) -> FileRefused:
    """Return what to say of a sheet without data, should no other sheet have any."""
    if lacking:
        lacking.where.setdefault("sheet", sheet.name)
        if sheet.name:
            place = int(lacking.where["row_number"] or 0)
            reading.findings.append(FileFinding("sheet_not_read", sheet.name, row_number=place))
        return lacking
    row_number, columns = closest_row(head)
    if sheet.is_hidden:
        if _has_header(head):
            reading.findings.append(FileFinding("hidden_sheet", sheet.name))
    elif row_number and sheet.name:
        reading.findings.append(FileFinding("sheet_not_read", sheet.name, row_number=row_number))
    return FileRefused(
        "missing_columns",
        sheet=sheet.name,
        row_number=row_number,
        text="、".join(cell.strip() for cell in head[row_number - 1] if cell.strip()) if row_number else None,
        expected="、".join(columns),
    )


def _has_header(head: list[Row]) -> bool:
    """Tell whether a sheet has a header, sound or not: what nobody sees refuses nothing."""
    try:
        return find_header(head) is not None
    except FileRefused:
        return True


def _kind_of(row: Row) -> str:
    return "non_data" if any(cell.strip() for cell in row) else "blank"


def _refused_kind_of(row: Row) -> str:
    return "refused" if _kind_of(row) == "non_data" else "blank"
