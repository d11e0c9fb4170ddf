"""What every command takes (`--home`, `--plan`, `--json`) and how every command answers."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from warehouse.cli.watching import watching
from warehouse.errors import UsageError
from warehouse.logs import log_to_home
from warehouse.periods import Period
from warehouse.settings import Settings


@dataclass(frozen=True)
class Call:
    """One call of a command: the settings it runs under, and the form its answer takes."""

    settings: Settings
    as_json: bool

    def answer(self, result: Any, text: str) -> None:
        """Print `result` (a dataclass, or what JSON can hold) for programs, or `text` for people."""
        if self.as_json:
            plain = asdict(result) if is_dataclass(result) and not isinstance(result, type) else result
            text = json.dumps(plain, ensure_ascii=False, indent=2, default=str)
        click.echo(text)


def with_call(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command the common options; it receives them as its first argument, a Call.

    What it returns is the exit status.
    """

    @click.option("--home", type=Path, help="The home folder (default: MINSHENG_HOME, else var/).")
    @click.option("--plan", type=Path, help="The plan folder (default: MINSHENG_PLAN, else seeds/).")
    @click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
    @functools.wraps(function)
    def command(home: Path | None, plan: Path | None, as_json: bool, **arguments: Any) -> int | None:
        with watching():
            return function(Call(settings_from(home, plan), as_json), **arguments)

    return command


def settings_from(home: Path | None, plan: Path | None) -> Settings:
    """Return the settings of this call, and start its log."""
    given = {"home": home, "plan": plan}
    settings = Settings.model_validate(
        Settings().model_dump() | {name: path.resolve() for name, path in given.items() if path is not None}
    )
    log_to_home(settings)
    return settings


def plain(figure: Decimal | None) -> str:
    """Return a figure as people write it, without the zeros behind its last digit."""
    return "no figure" if figure is None else f"{figure.normalize():f}"


class PeriodType(click.ParamType[Period]):
    """A command line's `YYYY-MM`."""

    name = "YYYY-MM"

    def convert(
        self, value: str | Period, param: click.Parameter | None, ctx: click.Context | None
    ) -> Period:
        """Read the month, or fail as a wrong usage."""
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)


period_option = click.option("--period", type=PeriodType(), required=True, help="The month.")
