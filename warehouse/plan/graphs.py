"""Chains among codes (inputs, anchors, successors, areas): which are closed, and how deep they go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter


def cycles(leads_to: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Yield each cycle once, as its codes in turn, from the first in `leads_to` around to it again."""
    graph = {code: list(others) for code, others in leads_to.items()}
    place = {code: number for number, code in enumerate(graph)}
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            codes: list[str] = error.args[1][:0:-1]
            first = min(range(len(codes)), key=lambda position: place[codes[position]])
            path = codes[first:] + codes[: first + 1]
            yield path
            del graph[path[0]]
        else:
            return


def depths(leads_to: Mapping[str, list[str]]) -> dict[str, int]:
    """Return how many steps each code is above the codes that lead nowhere; empty where there is a cycle."""
    try:
        order = list(TopologicalSorter(leads_to).static_order())
    except CycleError:
        return {}
    depth: dict[str, int] = {}
    for code in order:
        depth[code] = max((depth[other] + 1 for other in leads_to.get(code, [])), default=0)
    return depth
