"""What every command takes (`--home`, `--plan`, `--district`, `--json`) and how every command answers."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import Any, TypeVar

import click

from warehouse.cli.watching import watching
from warehouse.districts import district
from warehouse.errors import MinshengError, UsageError
from warehouse.logs import log_to_home
from warehouse.periods import Period
from warehouse.plan import version_in
from warehouse.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])


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

    def tell_of_another_plan(self, plan_version: str) -> None:
        """Say, beside the answer, where the plan folder is not the plan that a month was computed by."""
        folder = self.settings.plan
        if version_in(folder) != plan_version:
            said = _(
                "{folder} is not the plan in the ledger, which this was computed by (version {version}): "
                "load a changed plan with `minsheng init`, name another with --plan"
            ).format(folder=folder, version=plan_version[:12])
            click.echo(f"minsheng: {said}", err=True)


class FolderType(click.Path):
    """The path of a folder; an empty one is no folder, where a bare path would be the current one."""

    def __init__(self, what: str) -> None:
        super().__init__(path_type=Path)
        self._what = what

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the path, or fail as a wrong usage."""
        if not str(value):
            self.fail(
                _("it is empty: name a {what}, or leave it out for the one in use").format(what=self._what),
                param,
                ctx,
            )
        return super().convert(value, param, ctx)


def with_common_options(function: Function) -> Function:
    """Give a command, or a group before its commands, the options that every command takes.

    What is given nearest to the command counts.
    """
    for option in (
        _common("--json", is_flag=True, help="Answer in JSON, for programs."),
        _common("--district", metavar="CODE", help="The district of MINSHENG_DISTRICTS to work on."),
        _common(
            "--plan",
            type=FolderType("plan folder"),
            help="The plan folder (default: MINSHENG_PLAN, else seeds/).",
        ),
        _common(
            "--home",
            type=FolderType("home folder"),
            help="The home folder (default: MINSHENG_HOME, else var/).",
        ),
    ):
        function = option(function)
    return function


def _common(name: str, **attributes: Any) -> Callable[[Function], Function]:
    return click.option(name, callback=_remembered, expose_value=False, **attributes)


def _remembered(context: click.Context, option: click.Parameter, value: Path | bool | str | None) -> None:
    """Keep what was given for the command to come: groups and commands of one call share it."""
    if value:
        context.meta[f"{__name__}.{option.name}"] = value


def with_call(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command the common options; it receives them as its first argument, a Call.

    It runs only on a home that is there. What it returns is the exit status.
    """
    return _called(function, needs_home=True)


def with_call_anywhere(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """Do the same for a command that makes the home, or needs none."""
    return _called(function, needs_home=False)


def _called(function: Callable[..., int | None], *, needs_home: bool) -> Callable[..., int | None]:
    @with_common_options
    @functools.wraps(function)
    def command(**arguments: Any) -> int | None:
        call = _call()
        home = call.settings.home
        # To look is not to make: the log too begins only in a home.
        if home.is_dir():
            log_to_home(call.settings)
        elif needs_home:
            raise MinshengError(
                _("There is no home {home}: run `minsheng init` first, or name another --home").format(
                    home=home
                )
            )
        with watching():
            return function(call, **arguments)

    return command


def _call() -> Call:
    given = click.get_current_context().meta
    folders = {
        name: path.resolve()
        for name in ("home", "plan")
        if (path := given.get(f"{__name__}.{name}")) is not None
    }
    code = given.get(f"{__name__}.district")
    if code and folders:
        raise UsageError(_("--district names a home and a plan already: leave out --home and --plan"))
    own = district(code).settings() if code else Settings()
    settings = Settings.model_validate(own.model_dump() | folders)
    return Call(settings, bool(given.get(f"{__name__}.json")))


def plain(figure: Decimal | None) -> str:
    """Return a figure as people write it, without the zeros behind its last digit."""
    return _("no figure") if figure is None else f"{figure.normalize():f}"


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


class DayType(click.ParamType[date]):
    """A command line's `YYYY-MM-DD`."""

    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or fail as a wrong usage."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(
                _("{text!r} is not a day: write it as YYYY-MM-DD, for example 2025-03-31").format(text=value),
                param,
                ctx,
            )


period_option = click.option("--period", type=PeriodType(), required=True, help="The month.")
