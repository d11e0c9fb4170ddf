"""Drawing the sample: cosmic-ray says where its operators apply, a seed which of these places are taken."""

from __future__ import annotations

import random
import re
from ast import literal_eval
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml
from cosmic_ray.ast import ast_nodes, get_ast, is_number
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

from tests.teeth.covering import Suite, matches
from tests.teeth.mutants import Mutant
from tests.teeth.syntax import Exclusions, excluded, owners

_RULES = Path(__file__).parent / "sampling.yml"


@dataclass(frozen=True)
class Place:
    """Where an operator of cosmic-ray applies."""

    path: str
    operator: str
    occurrence: int
    line: int


class Sampler:
    """Draws mutants from a checkout by the rules of `sampling.yml`."""

    def __init__(self, suite: Suite) -> None:
        self._rules: dict[str, Any] = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
        self._exclusions = Exclusions(**self._rules["exclusions"])
        self._suite = suite
        self._random = random.Random(self._rules["seed"])
        self._taken: set[str] = set()
        self.uncovered: dict[str, set[int]] = {}
        """Lines where a mutant was drawn that no test covers."""

    def draw(self) -> list[Mutant]:
        """Return as many mutants of each area as it asks for, or as there are."""
        return [mutant for area in self._rules["areas"] for mutant in self._of_area(area)]

    def _of_area(self, area: dict[str, Any]) -> Iterator[Mutant]:
        paths = self._paths(area["files"])
        # No file gives more than its share, and one more.
        most = area["mutants"] // len(paths) + 1
        pools = [self._shuffled(paths, operators) for operators in self._rules["kinds"].values()]
        taken, lines = Counter[str](), set[tuple[str, int]]()
        left = cycle(pools)
        while any(pools) and taken.total() < area["mutants"]:
            place = next(iter(self._popped(next(left), taken, most, lines)), None)
            if place and (mutant := self._mutant(place)):
                lines.add((place.path, place.line))
                taken[place.path] += 1
                name = f"{area['area'].replace(' ', '-')}-{taken.total():02}"
                yield Mutant(**{**mutant, "id": name, "area": area["area"]})

    def _popped(
        self, pool: list[Place], taken: Counter[str], most: int, lines: set[tuple[str, int]]
    ) -> Iterator[Place]:
        while pool:
            place = pool.pop()
            if taken[place.path] < most and (place.path, place.line) not in lines and self._is_covered(place):
                yield place

    def _paths(self, patterns: list[str]) -> list[str]:
        root = self._suite.checkout
        found = (str(path.relative_to(root)) for path in sorted((root / "warehouse").rglob("*.py")))
        paths = [path for path in found if any(matches(path, one) for one in patterns)]
        paths = [path for path in paths if path not in self._taken]
        self._taken |= set(paths)
        return paths

    def _shuffled(self, paths: list[str], operators: list[str]) -> list[Place]:
        places = [place for path in paths for place in self._places(path, operators)]
        self._random.shuffle(places)
        return places

    def _places(self, path: str, operators: list[str]) -> Iterator[Place]:
        source = self._read(path)
        spans = excluded(source, self._exclusions)
        nodes = list(ast_nodes(get_ast(source)))
        for name in operators:
            operator = get_operator(name)()
            found = ((node, start) for node in nodes for start, _ in operator.mutation_positions(node))
            for occurrence, (node, start) in enumerate(found):
                if not self._is_large(node) and not any(span.holds(start) for span in spans):
                    yield Place(path, name, occurrence, start[0])

    def _is_large(self, node: Any) -> bool:
        return is_number(node) and bool(abs(literal_eval(node.value)) > self._rules["largest_number"])

    def _is_covered(self, place: Place) -> bool:
        covering = self._suite.map.covering(place.path, place.line, self._read(place.path))
        if not covering.tests:
            self.uncovered.setdefault(place.path, set()).add(place.line)
        return bool(covering.tests)

    def _mutant(self, place: Place) -> dict[str, Any] | None:
        """Return what a mutant changes, unless that is more than one line, or no Python any more."""
        source = self._read(place.path)
        changed = mutate_code(source, get_operator(place.operator)(), place.occurrence)
        before, after = source.splitlines(), (changed or "").splitlines()
        differing = [
            number for number, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]
        ]
        if len(before) != len(after) or len(differing) != 1 or not _is_python(changed or ""):
            return None
        line = before[differing[0]].strip()
        owner_of = owners(source)
        owner = owner_of[differing[0] + 1].name
        equal = (
            n for n, one in enumerate(before, start=1) if one.strip() == line and owner_of[n].name == owner
        )
        return {
            "path": place.path,
            "operator": place.operator,
            "occurrence": place.occurrence,
            "within": owner,
            "nth": list(equal).index(differing[0] + 1),
            "find": line,
            "replace": after[differing[0]].strip(),
        }

    def _read(self, path: str) -> str:
        return (self._suite.checkout / path).read_text(encoding="utf-8")


def _is_python(source: str) -> bool:
    """Tell whether a mutant can be compiled; a name with a dot before it cosmic-ray replaces by half."""
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return not re.search(r"\wCosmicRayTestingException|CosmicRayTestingException\w", source)


def write(mutants: list[Mutant], path: Path) -> None:
    """Keep a sample: what is as usual is left out."""
    usual = {one.name: one.default for one in fields(Mutant)}
    rows = [
        {name: value for name, value in asdict(mutant).items() if value != usual[name]} for mutant in mutants
    ]
    text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(
        f"# Drawn by `python -m tests.teeth sample`, by the rules of sampling.yml.\n{text}", encoding="utf-8"
    )
