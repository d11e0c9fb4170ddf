"""What a mutant and its line stand in: the function around it, and the places where no fault is planted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_CACHES = {"cache", "lru_cache", "cached_property"}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Owner:
    """The innermost function or class around a line; nameless at the top of a module."""

    name: str = ""
    runs_once: bool = True
    """Whether its lines run once in a process: of a module, a class, or a function that keeps its answer."""


@dataclass(frozen=True)
class Span:
    """A stretch of code, from and to a line and column."""

    start: tuple[int, int]
    end: tuple[int, int]

    def holds(self, place: tuple[int, int]) -> bool:
        """Tell whether a place lies in it."""
        return self.start <= place < self.end


@dataclass(frozen=True)
class Exclusions:
    """Where no fault is planted, beside annotations, decorators, sizes and the guard of `__main__`."""

    calls: list[str] = field(default_factory=list)
    """Functions whose calls, and whatever is called on their result, only tell: the log."""
    names: list[str] = field(default_factory=list)
    """Variables that no behaviour depends on."""
    keywords: list[str] = field(default_factory=list)
    """Arguments whose value no result depends on."""


def owners(source: str) -> dict[int, Owner]:
    """Return for each line of a module what it stands in; the head of a function stands outside it."""
    owner_of = dict.fromkeys(range(1, source.count("\n") + 2), Owner())
    for owner, node in _definitions(ast.parse(source), Owner()):
        for number in range(node.body[0].lineno, (node.end_lineno or 0) + 1):
            owner_of[number] = owner
    return owner_of


def _definitions(parent: ast.AST, around: Owner) -> Iterator[tuple[Owner, Definition]]:
    """Walk through all functions and classes, the outer ones first."""
    for node in ast.iter_child_nodes(parent):
        owner = around
        if isinstance(node, Definition):
            name = f"{around.name}.{node.name}" if around.name else node.name
            keeps_its_answer = any(_called(one) in _CACHES for one in node.decorator_list)
            owner = Owner(name, isinstance(node, ast.ClassDef) or keeps_its_answer)
            yield owner, node
        yield from _definitions(node, owner)


def excluded(source: str, exclusions: Exclusions) -> list[Span]:
    """Return the stretches of a module where no fault is planted."""
    return [_span(node) for node in _excluded(ast.parse(source), exclusions)]


def _excluded(tree: ast.Module, exclusions: Exclusions) -> Iterator[ast.AST]:
    """Walk through the nodes where no fault is planted; a number that is shifted is a size."""
    for node in ast.walk(tree):
        yield from _annotations(node)
        if isinstance(node, Definition):
            yield from node.decorator_list
        if isinstance(node, ast.Call) and _called(node) in exclusions.calls:
            yield node
        if isinstance(node, ast.Assign) and any(_called(one) in exclusions.names for one in node.targets):
            yield node
        if isinstance(node, ast.keyword) and node.arg in exclusions.keywords:
            yield node
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.LShift):
            yield node
        if isinstance(node, ast.If) and "__main__" in ast.unparse(node.test):
            yield node


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    found: list[Any] = [getattr(node, "annotation", None), getattr(node, "returns", None)]
    yield from (one for one in found if one is not None)


def _called(node: ast.AST) -> str:
    """Return the name at the root of an expression: `logger` of `logger(__name__).info(...)`."""
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
            node = node.value
        else:
            return getattr(node, "attr", "")
    return node.id


def _span(node: ast.AST) -> Span:
    where: Any = node
    return Span((where.lineno, where.col_offset), (where.end_lineno, where.end_col_offset))
