"""Which tests a mutant has to get past, the likeliest to catch it first."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.teeth.coverage_map import CoverageMap, Covering
from tests.teeth.mutants import GoneError, Mutant

_ENTRIES = Path(__file__).parent / "covering.yml"
_SAY_NOTHING = {
    "",
    "warehouse",
    "dbt",
    "project",
    "model",
    "intermediate",
    "mart",
    "macro",
    "int",
    "test",
    "py",
    "sql",
}


@dataclass(frozen=True)
class Suite:
    """The tests of a checkout with the lines that they cover."""

    checkout: Path
    map: CoverageMap

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests that cover a mutant, in the order to try them; raises GoneError.

        Those that cover it themselves come before those that share a fixture which does. Among these the
        first are those that share most words with the mutant's file, and then those of files that are quick.
        """
        near, far = self._covering(mutant)
        return [*self._ordered(near, mutant), *self._ordered(far - near, mutant)]

    def _covering(self, mutant: Mutant) -> tuple[set[str], set[str]]:
        if not (self.checkout / mutant.path).exists():
            raise GoneError(f"{mutant.id}: there is no {mutant.path}")
        source = self._source(mutant.path)
        line = mutant.line_in(source)
        if mutant.path.endswith(".py"):
            covering = self.map.covering(mutant.path, line, source)
            return covering.tests, covering.by_fixture
        entry = entry_of(mutant.path)
        tests, by_fixture = set[str](), set[str]()
        for module in entry["modules"]:
            covering = self._covering_functions(module)
            tests |= covering.tests
            by_fixture |= covering.by_fixture
        named = self.map.tests_in(entry.get("folders", []))
        return (named, (tests | by_fixture) - named) if named else (tests, by_fixture)

    def _covering_functions(self, module: str) -> Covering:
        return self.map.covering_functions(module, self._source(module))

    def _source(self, path: str) -> str:
        return (self.checkout / path).read_text(encoding="utf-8")

    def _ordered(self, tests: set[str], mutant: Mutant) -> list[str]:
        words = _words(mutant.path)
        seconds = defaultdict[str, float](float)
        for test in tests:
            seconds[_file_of(test)] += self.map.durations[test]

        def rank(test: str) -> tuple[Any, ...]:
            file = _file_of(test)
            return (-len(words & _words(test)), seconds[file], file, self.map.places[test])

        return sorted(tests, key=rank)


def _file_of(test: str) -> str:
    return test.partition("::")[0]


def _words(name: str) -> set[str]:
    """Return the words of a name, in the singular, but for those that say nothing of what it is about."""
    return {word.rstrip("s") for word in re.split(r"[\W_]+", name)} - _SAY_NOTHING


@cache
def _entries() -> list[dict[str, Any]]:
    return list(yaml.safe_load(_ENTRIES.read_text(encoding="utf-8")))


def entry_of(path: str) -> dict[str, Any]:
    """Return the folders of tests, and the modules that read a file which is not Python."""
    for entry in _entries():
        if any(matches(path, pattern) for pattern in entry["files"]):
            return entry
    raise LookupError(f"covering.yml does not say which tests cover {path}")


def matches(path: str, pattern: str) -> bool:
    """Tell whether a path is one of a pattern's; `**` stands for any folders, or none."""
    expression = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.fullmatch(expression, path) is not None
