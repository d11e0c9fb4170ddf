"""Which tests cover which lines: made once of a checkout, by a run of its whole suite under coverage."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

import coverage

from tests.teeth.copies import PLUGINS, Copy
from tests.teeth.syntax import owners

# What needs more than a shell, or time by its nature, is no part of the map.
LEFT_OUT = "not airflow and not browser and not services and not long"
_IGNORED = ("tests/benchmarks", "tests/browser", "tests/teeth")

_DATA, _DURATIONS, _FIXTURES = "coverage", "durations.xml", "fixtures.json"
_SETTINGS = """\
[run]
source_pkgs = warehouse
data_file = {data}
parallel = true
context = ${{PYTEST_CURRENT_TEST-}}
patch = _exit
"""
# How a context names its test: in pytest's own process, and in one that a test started.
_CONTEXT = re.compile(r"(?P<test>.+?)(?:\|| \()(?P<phase>setup|run|call|teardown)\)?")


@dataclass
class Covering:
    """The tests that cover some lines: themselves, or by what a fixture did that they share with others."""

    tests: set[str] = field(default_factory=set)
    by_fixture: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class CoverageMap:
    """The map as it lies in a folder."""

    folder: Path

    @property
    def made(self) -> float:
        """When the map was made, in seconds of the epoch."""
        return (self.folder / _DATA).stat().st_mtime

    def covering(self, path: str, line: int, source: str) -> Covering:
        """Return the tests that cover a line of the checkout's `source` at `path`.

        A line that runs once in a process, at its import say, is covered by all that run any of the module's
        other lines.
        """
        owner_of = owners(source)
        if owner_of[line].runs_once:
            return self.covering_functions(path, source)
        return self._covering(path, {line})

    def covering_functions(self, path: str, source: str) -> Covering:
        """Return the tests that run any line of a function of the module."""
        return self._covering(
            path, {number for number, owner in owners(source).items() if not owner.runs_once}
        )

    def tests_in(self, folders: list[str]) -> set[str]:
        """Return the tests whose files lie in these folders."""
        return {test for test in self.durations if any(test.startswith(f"{folder}/") for folder in folders)}

    @cached_property
    def durations(self) -> dict[str, float]:
        """How many seconds each test took, its fixtures included."""
        cases = ElementTree.parse(self.folder / _DURATIONS).iter("testcase")
        by_case = {(one.get("classname"), one.get("name")): float(one.get("time", 0)) for one in cases}
        return {
            test: by_case[case]
            for test in self._shared
            if (case := _case_of(test)) in by_case and not test.startswith(_IGNORED)
        }

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each test stands in the order of its suite."""
        return {test: place for place, test in enumerate(self._shared)}

    @cached_property
    def _shared(self) -> dict[str, list[str]]:
        """The fixtures that each test shares with others."""
        return dict(json.loads((self.folder / _FIXTURES).read_text(encoding="utf-8")))

    @cached_property
    def _sharing(self) -> dict[str, set[str]]:
        """The tests that share each fixture."""
        sharing = defaultdict(set)
        for test, fixtures in self._shared.items():
            for fixture in fixtures:
                sharing[fixture].add(test)
        return sharing

    @cached_property
    def _data(self) -> coverage.CoverageData:
        data = coverage.CoverageData(basename=str(self.folder / _DATA))
        data.read()
        return data

    @cached_property
    def _measured(self) -> dict[str, list[str]]:
        """The names by which the data has each file of the product."""
        names = defaultdict(list)
        for name in self._data.measured_files():
            names[f"/{name}".rpartition("/warehouse/")[2]].append(name)
        return {f"warehouse/{rest}": found for rest, found in names.items()}

    def _covering(self, path: str, lines: set[int]) -> Covering:
        found = Covering()
        for name in self._measured.get(path, []):
            for line, contexts in self._data.contexts_by_lineno(name).items():
                if line in lines:
                    self._add(found, contexts)
        found.tests &= self.durations.keys()
        found.by_fixture = (found.by_fixture & self.durations.keys()) - found.tests
        return found

    def _add(self, found: Covering, contexts: list[str]) -> None:
        for context in contexts:
            if match := _CONTEXT.fullmatch(context):
                found.tests.add(match["test"])
                if match["phase"] == "setup":
                    for fixture in self._shared.get(match["test"], []):
                        found.by_fixture |= self._sharing[fixture]


def make(checkout: Path, folder: Path, tests: tuple[str, ...] = (), workers: int = 0) -> None:
    """Run the suite of a checkout, or some of it, under coverage, and leave the map in the folder.

    What a test starts is measured only where workers run the tests.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "settings.ini"
    settings.write_text(_SETTINGS.format(data=folder / _DATA), encoding="utf-8")
    with Copy.of(checkout) as copy:
        measured = {"TEETH_COVERAGE": str(settings), "TEETH_FIXTURES": str(folder / _FIXTURES)}
        subprocess.run(
            [copy.python, "-m", "pytest", *_arguments(settings, folder, workers), *tests],
            cwd=copy.root,
            env=copy.environment | measured,
            check=False,
        )


def _arguments(settings: Path, folder: Path, workers: int) -> list[str]:
    shared_out = (f"--numprocesses={workers}", "--dist=loadfile", "--no-loadscope-reorder")
    return [
        *(shared_out if workers else ()),
        *("-q", "-p", "no:cacheprovider", "-p", PLUGINS.fixtures, "-m", LEFT_OUT),
        *(
            f"--junitxml={folder / _DURATIONS}",
            "--cov=warehouse",
            f"--cov-config={settings}",
            "--cov-context=test",
            "--cov-report=",
        ),
        *(f"--ignore={one}" for one in _IGNORED),
    ]


def _case_of(test: str) -> tuple[str, str]:
    """Return how pytest's XML names a test: its module and classes, and its name."""
    file, _, names = test.partition("::")
    bare, bracket, parameters = names.partition("[")
    *classes, name = bare.split("::")
    return ".".join([file.removesuffix(".py").replace("/", "."), *classes]), name + bracket + parameters
