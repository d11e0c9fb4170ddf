"""`python -m tests.teeth`: plant faults in a checkout and see which of them its tests catch."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import Queue

import click

from tests.teeth import comparison, coverage_map, mutants
from tests.teeth.copies import Copy
from tests.teeth.coverage_map import CoverageMap
from tests.teeth.covering import Suite
from tests.teeth.mutants import Mutant
from tests.teeth.results import Results
from tests.teeth.trial import Bench

_HERE = Path(__file__).parents[2]
_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)

in_checkout = click.option("--checkout", type=_FOLDER, default=_HERE, help="Another checkout than this one.")
by_map = click.option("--map", "folder", type=_FOLDER, default=Path("var/teeth/map"), show_default=True)


@click.group()
def main() -> None:
    """Plant faults in a checkout, and see which of them its tests catch."""


@main.command("map")
@in_checkout
@by_map
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count(), help="How many tests at once.")
@click.argument("tests", nargs=-1)
def make_map(checkout: Path, folder: Path, workers: int, tests: tuple[str, ...]) -> None:
    """Find out, once, which tests cover which lines: runs the checkout's whole suite under coverage.

    TESTS are files of the suite: then the map is of these alone.
    """
    coverage_map.make(checkout, folder, tests, workers)


@main.command()
@in_checkout
@by_map
@click.option("--to", "path", type=_FILE, default=mutants.SAMPLED)
def sample(checkout: Path, folder: Path, path: Path) -> None:
    """Draw the sample again; needs a map of the checkout."""
    from tests.teeth import sampling

    sampler = sampling.Sampler(Suite(checkout, CoverageMap(folder)))
    sampling.write(sampler.draw(), path)
    for name, lines in sorted(sampler.uncovered.items()):
        click.echo(f"no test covers {name}: {', '.join(map(str, sorted(lines)))}")


@main.command()
@in_checkout
@by_map
@click.option("--results", "path", type=_FILE, default=Path("var/teeth/results.json"), show_default=True)
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count, help="How many mutants at once.")
@click.option("--seconds", type=float, default=240, show_default=True, help="For the tests of one mutant.")
@click.option("--only", multiple=True, help="A mutant's id, or what it begins with.")
def run(
    checkout: Path, folder: Path, path: Path, workers: int, seconds: float, only: tuple[str, ...]
) -> None:
    """Try every mutant that the results do not have yet; fails where one is not caught that should be.

    Needs a map of the checkout; results that are older than the map do not count.
    """
    suite = Suite(checkout.resolve(), CoverageMap(folder))
    results = Results(path, suite.map.made)
    left = [one for one in mutants.every() if one.id not in results.of and one.id.startswith(only or ("",))]
    with ExitStack() as stack, ThreadPoolExecutor(workers) as pool:
        benches: Queue[Bench] = Queue()
        for _ in range(workers):
            benches.put(Bench(stack.enter_context(Copy.of(checkout)), suite, seconds))
        for _ in pool.map(lambda mutant: _tried(mutant, benches, results), left):
            pass
    missed = [one for one in mutants.every() if results.is_missed(one.id) and not (one.survives or one.gone)]
    if missed:
        raise click.ClickException(
            "not caught:\n" + "\n".join(f"{one.id} {one.path}: {one.what}" for one in missed)
        )


@main.command()
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE)
def compare(before: Path, after: Path) -> None:
    """Print two runs beside each other, as Markdown for docs/testing.md."""
    click.echo(comparison.compared(mutants.every(), Results(before).of, Results(after).of))


def _tried(mutant: Mutant, benches: Queue[Bench], results: Results) -> None:
    bench = benches.get()
    try:
        result = bench.try_out(mutant)
    finally:
        benches.put(bench)
    results.add(result)
    click.echo(f"{result.id:18} {result.outcome:10} {result.seconds:6.1f} s  {result.test}")


if __name__ == "__main__":
    main()
