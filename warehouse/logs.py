"""Structured logs: one JSON object a line in the home's log file; the CLI prints what a person must see."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TextIO, cast

import structlog

from warehouse.clock import now
from warehouse.settings import Settings

LOG_FILE = "minsheng.jsonl"


def _stamp(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {"at": now().isoformat(timespec="milliseconds"), **event}


_WRITTEN: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.format_exc_info,
    _stamp,
    structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
)
"""What makes a line of the home's log of an event."""


def log_to_home(settings: Settings) -> None:
    """Send every log event of this process to `logs/minsheng.jsonl` under the home."""
    structlog.configure(
        processors=_WRITTEN,
        logger_factory=structlog.WriteLoggerFactory(file=_opened(settings)),
        # What was kept quiet until now is not any longer.
        wrapper_class=structlog.make_filtering_bound_logger(logging.NOTSET),
    )


def log_to_home_too(settings: Settings) -> None:
    """Send the warehouse's log events to the home's log, and on to where this process logs already.

    For a process whose log belongs to somebody else, such as a task of Airflow. Calling it again changes
    nothing, and for another home changes to that one's log.
    """
    processors = structlog.get_config()["processors"]
    homes = [one for one in processors if isinstance(one, _HomeLog)]
    if [one.file.name for one in homes] != [str(settings.logs / LOG_FILE)]:
        others = [one for one in processors if one not in homes]
        structlog.configure(processors=[_HomeLog(_opened(settings)), *others])


@dataclass(frozen=True)
class _HomeLog:
    """A processor that writes the events of the warehouse's own loggers, which name their module."""

    file: TextIO

    def __call__(
        self, logger: object, method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        if "module" in event:
            line: Any = dict(event)
            for processor in _WRITTEN:
                line = processor(logger, method, line)
            self.file.write(f"{line}\n")
        return event


def _opened(settings: Settings) -> TextIO:
    settings.logs.mkdir(parents=True, exist_ok=True)
    return (settings.logs / LOG_FILE).open("a", encoding="utf-8", buffering=1)


def about(**ids: str) -> AbstractContextManager[None]:
    """Name in every log event within the block what it is about: a month, a submission."""
    return structlog.contextvars.bound_contextvars(**ids)


def keep_quiet() -> None:
    """Drop every log event until a home is known to write them to."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """Return a logger whose events carry the name of their module."""
    return cast("structlog.typing.FilteringBoundLogger", structlog.get_logger(module=name))
