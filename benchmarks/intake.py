"""Intake beside the bare reading of the same files: one large CSV, many small ones, a large workbook.

Making an empty home with its plan and removing it again is no work of intake's, and is not timed. The homes
of a measurement are removed together after its last run: ext4 passes over the places of files removed in the
last minutes one by one, and a new file then takes ten times as long.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.intake_files import FILES, moved
from benchmarks.intake_peers import PEERS, bare_table, peers
from benchmarks.measure import Figure, Limit, Measurement, Run, Scale, Work, here, measure
from warehouse import durable, intake, ledger
from warehouse.intake import records
from warehouse.intake.readers import Workbooks
from warehouse.logs import log_to_home
from warehouse.settings import Settings

_PLAN = Path(__file__).with_name("many_figures.sql")
_HEADER = ["报告期", "指标编码", "指标名称", "地区编码", "数值", "分子", "分母", "本年累计", "备注"]
_MONTHS = [f"{year}-{month:02d}" for year in range(2004, 2025) for month in range(1, 13)][:250]
_INDICATORS = 20
_AREAS_OF_A_SMALL_FILE = 10
_ORGANIZATIONS = 40


ONE_CSV = Figure(
    "intake-one-csv",
    "{size:,} rows in one CSV: checked, in the ledger, with the receipt",
    "DuckDB's bare `create table as read_csv`",
    (Limit("ratio", 2), Limit("gibibytes", 2)),
)
GROWTH = Figure("intake-growth", "{size:,} rows in one CSV", ONE_CSV.peer)
MANY_FILES = Figure(
    "intake-many-files",
    "{size:,} CSV files of 200 rows, with their receipts",
    FILES.peer,
    (Limit("ratio", 3),),
)
MANY_FILES_ROWS = Figure(
    "intake-many-files-rows", "only their {size:,} rows, in one CSV, with its receipt", FILES.peer
)
WORKBOOK = Figure(
    "intake-workbook",
    "a workbook of {size:,} rows: checked, in the ledger, with the receipt",
    "calamine's bare read",
    (Limit("ratio", 1.5),),
)
WORKBOOK_READ = Figure("intake-workbook-read", "only reading it", WORKBOOK.peer)
FIGURES = (ONE_CSV, GROWTH, MANY_FILES, MANY_FILES_ROWS, FILES, WORKBOOK, WORKBOOK_READ, *PEERS)


def measurements(scale: Scale) -> Iterator[Measurement]:
    """Measure 10 million rows in one file, 10,000 files and a workbook of 100,000 rows, times the scale."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder)
        yield from _one_file(inputs, scale)
        yield from _many_files(inputs, scale)
        yield from _workbook(inputs, scale)
        yield from peers(inputs, inputs / "large.csv", scale)


def _one_file(inputs: Path, scale: Scale) -> Iterator[Measurement]:
    for part in (100, 10):
        yield _csv(GROWTH, inputs / "growing.csv", scale.of(10_000_000 // part), scale)
    largest = _csv(ONE_CSV, inputs / "large.csv", scale.of(10_000_000), scale)
    yield replace(largest, figure=GROWTH.name)
    yield largest


def _csv(figure: Figure, path: Path, rows: int, scale: Scale) -> Measurement:
    _write_csv(path, islice(_rows(0), rows))
    return _beside(figure, rows, ({path: 0}, rows), partial(bare_table, path), scale, by=scale.alone)


def _many_files(inputs: Path, scale: Scale) -> Iterator[Measurement]:
    """Measure many files, and beside the same peer the two parts that no intake of them can leave out."""
    files = scale.of(10_000)
    folder = inputs / "many"
    folder.mkdir()
    paths = {folder / f"{number:05d}.csv": number % _ORGANIZATIONS for number in range(files)}
    for number, (path, organization) in enumerate(paths.items()):
        _write_csv(path, _rows_of_month(organization, number // _ORGANIZATIONS))
    rows = files * _INDICATORS * _AREAS_OF_A_SMALL_FILE
    together = inputs / "together.csv"
    _write_csv(together, islice(_rows(0), rows))

    def by_csv(_: int) -> object:
        return [_read_csv(path) for path in paths]

    yield _beside(MANY_FILES, files, (paths, rows), by_csv, scale)
    yield _beside(MANY_FILES_ROWS, rows, ({together: 0}, rows), by_csv, scale)
    yield moved(paths, by_csv, scale)


def _workbook(inputs: Path, scale: Scale) -> Iterator[Measurement]:
    rows, path = scale.of(100_000), inputs / "large.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, _HEADER)
        for place, (*texts, value) in enumerate(islice(_rows(0), rows), start=1):
            sheet.write_row(place, 0, [*texts, int(value)])

    def by_calamine(_: int) -> object:
        return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()

    yield _beside(WORKBOOK, rows, ({path: 0}, rows), by_calamine, scale)
    yield measure(WORKBOOK_READ, rows, lambda _: _read_workbook(path), by_calamine, scale)


def _rows(organization: int, first: int = 0) -> Iterator[list[str]]:
    """Yield a department's rows without end, month by month within an indicator and an area."""
    for number in count(first):
        place, month = divmod(number, len(_MONTHS))
        area, indicator = divmod(place, _INDICATORS)
        yield _row(organization, indicator, area, month)


def _rows_of_month(organization: int, month: int) -> Iterator[list[str]]:
    """Yield a department's whole month for ten areas."""
    for area in range(_AREAS_OF_A_SMALL_FILE):
        for indicator in range(_INDICATORS):
            yield _row(organization, indicator, area, month)


def _row(organization: int, indicator: int, area: int, month: int) -> list[str]:
    code = f"D{organization:02d}_{indicator:02d}"
    figure = 100 + (indicator + 7 * area + 13 * month) % 50
    return [_MONTHS[month], code, f"样例指标{code}", f"210504{area:06d}", str(figure)]


def _write_csv(path: Path, rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(_HEADER) + "\n")
        stream.writelines(f"{','.join(row)},,,,\n" for row in rows)


def _read_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as stream:
        return len(list(csv.reader(stream)))


def _read_workbook(path: Path) -> int:
    with Workbooks() as workbooks, workbooks.opened(path) as document:
        return sum(len(list(sheet.rows)) for sheet in document.sheets)


def _beside(
    figure: Figure,
    size: int,
    dropped: tuple[dict[Path, int], int],
    theirs: Work,
    scale: Scale,
    by: Callable[[Work, int], Run] = here,
) -> Measurement:
    """Take files of so many rows in, each from the department of its number, and run `theirs`, in turn."""
    paths, rows = dropped
    ours: list[Run] = []
    others: list[Run] = []
    with tempfile.TemporaryDirectory() as homes:
        for number in range(scale.runs):
            settings = _home(Path(homes) / str(number), paths, rows)
            ours.append(by(partial(_take_in, settings, rows), number))
            others.append(by(theirs, number))
    return Measurement(figure.name, size, ours, others)


def _take_in(settings: Settings, rows: int, _run: int) -> None:
    # As the command line does: a line of log for each file is part of the work.
    log_to_home(settings)
    totals = intake.take_in(settings).totals
    if totals["rows_accepted"] != rows:
        raise RuntimeError(f"only {totals['rows_accepted']} of {rows} rows were accepted")


def _home(folder: Path, paths: dict[Path, int], rows: int) -> Settings:
    """Make a home with the files in their inboxes, and a plan with enough areas for every row."""
    areas = max(_AREAS_OF_A_SMALL_FILE, 1 + rows // len(paths) // (_INDICATORS * len(_MONTHS)))
    settings = Settings(home=folder, stable_seconds=0)
    records.make_archive_id(settings)
    with ledger.upgrading(settings) as connection:
        given = {"organizations": _ORGANIZATIONS, "areas": areas}
        for statement in connection.extract_statements(_PLAN.read_text(encoding="utf-8")):
            wanted = {name: given[name] for name in statement.named_parameters}
            connection.execute(statement, wanted or None)
    for organization in range(_ORGANIZATIONS):
        (settings.inbox / f"D{organization:02d}").mkdir(parents=True)
    for path, organization in paths.items():
        shutil.copyfile(path, settings.inbox / f"D{organization:02d}" / path.name)
    # Otherwise intake's own sync would pay for these copies too.
    durable.sync_all()
    return settings
