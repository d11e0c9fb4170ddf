"""A home with a small plan of its own, and what a department does with it: send files, read the answers."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.prepared import Prepared
from warehouse import intake, ledger
from warehouse.intake import IntakeReport, records
from warehouse.settings import Settings

PLAN = Path(__file__).with_name("plan.sql")
HEADER = "报告期,指标编码,指标名称,地区编码,数值,分子,分母,本年累计,备注"
Receipt = dict[str, Any]
Case = TypeVar("Case", bound=Hashable)
Maker = Callable[[], str | bytes]


def table(*rows: str) -> str:
    """A text file with the full header."""
    return "\n".join([HEADER, *rows]) + "\n"


@dataclass(frozen=True)
class Home:
    """A home under test."""

    settings: Settings

    def drop(self, name: str, content: str | bytes, organization: str = "LABOUR") -> Path:
        path = self.settings.inbox / organization / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take_in(self) -> IntakeReport:
        return intake.take_in(self.settings)

    def receipt(self, taken: intake.report.Taken) -> Receipt:
        written: Receipt = json.loads((self.settings.home / taken.receipt).read_text(encoding="utf-8"))
        return written

    def for_people(self, receipt: Receipt) -> Path:
        """The workbook that goes with a receipt."""
        name = f"{receipt['file_name']}.{receipt['sha256'][:12]}.receipt.xlsx"
        return self.settings.outbox / receipt["organization_code"] / name

    def send(self, content: str | bytes, name: str = "report.csv", organization: str = "LABOUR") -> Receipt:
        """Drop one file, take it in, and return its receipt."""
        self.drop(name, content, organization)
        (taken,) = self.take_in().submissions
        return self.receipt(taken)

    def send_rows(self, *rows: str, organization: str = "LABOUR") -> Receipt:
        """Send rows under the full header."""
        return self.send(table(*rows), organization=organization)

    def send_each(
        self, contents: Mapping[Case, str | bytes], suffix: str = ".csv", organization: str = "LABOUR"
    ) -> dict[Case, Receipt]:
        """Drop several files in this order, take them in together, and return the receipt of each.

        They are judged side by side: what one says of a month is known to the rules when they judge another.
        """
        cases = {f"{number:03d}{suffix}": case for number, case in enumerate(contents)}
        for name, case in cases.items():
            self.drop(name, contents[case], organization)
        return {cases[one.file_name]: self.receipt(one) for one in self.take_in().submissions}

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with ledger.reading(self.settings) as connection:
            return connection.execute(sql).fetchall()

    def observations(self) -> list[tuple[Any, ...]]:
        return self.query(
            "select indicator_code, area_code, period, kind, value, numerator, denominator "
            "from ledger.observations order by sequence, row_number"
        )

    def format_of(self, receipt: Receipt) -> str | None:
        """What kind of file the ledger says it was."""
        formats = dict(self.query("select submission_id, format from ledger.submissions"))
        return formats[receipt["submission_id"]]

    def kept(self, receipt: Receipt, columns: str) -> list[tuple[Any, ...]]:
        """What the ledger keeps of one file, in the order of its rows."""
        return self.kept_of_each({"": receipt}, columns)[""]

    def kept_of_each(
        self, receipts: Mapping[Case, Receipt], columns: str
    ) -> dict[Case, list[tuple[Any, ...]]]:
        """What the ledger keeps of each of several files, in the order of its rows."""
        rows = self.query(f"select submission_id, {columns} from ledger.observations order by row_number")
        return {
            case: [tuple(row) for submission, *row in rows if submission == receipt["submission_id"]]
            for case, receipt in receipts.items()
        }


class Files:
    """Files that are taken in together; each is made by a function that stands beside the test about it."""

    def __init__(self, suffix: str = ".csv") -> None:
        self._suffix = suffix
        self._makers: list[Maker] = []

    def __call__(self, make: Maker) -> Maker:
        self._makers.append(make)
        return make

    def sent_to(self, home: Home) -> dict[Maker, Receipt]:
        """Send all of them in one intake; return the receipt of each by the function that made it."""
        return home.send_each({make: make() for make in self._makers}, self._suffix)


@pytest.fixture
def home(prepared: Prepared, tmp_path: Path) -> Home:
    return copied_home(prepared, tmp_path / "home")


@pytest.fixture(scope="module")
def shared_home(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home of an intake that several tests of a module ask about."""
    return copied_home(prepared, tmp_path_factory.mktemp("shared") / "home")


def copied_home(prepared: Prepared, folder: Path) -> Home:
    """A home with the small plan and nothing taken in."""
    shutil.copytree(prepared.folder("small_plan", _make), folder)
    return Home(Settings(home=folder, stable_seconds=0))


def _make(folder: Path) -> None:
    settings = Settings(home=folder, stable_seconds=0)
    with ledger.upgrading(settings) as connection:
        connection.execute(PLAN.read_text(encoding="utf-8"))
        organizations = connection.execute("select organization_code from plan.organizations").fetchall()
    for (organization,) in organizations:
        (settings.inbox / organization).mkdir(parents=True)
    records.make_archive_id(settings)


def rules_of(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["rule"] for finding in findings]


def csv_text(rows: list[list[str]], **dialect: Any) -> str:
    import io

    stream = io.StringIO()
    csv.writer(stream, **dialect).writerows(rows)
    return stream.getvalue()
