"""Structured logs: one JSON object a line in the home's log file; the CLI prints what a person must see."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from typing import cast

import structlog

from warehouse.clock import now
from warehouse.settings import Settings

LOG_FILE = "minsheng.jsonl"


def _stamp(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {"at": now().isoformat(timespec="milliseconds"), **event}


def log_to_home(settings: Settings) -> None:
    """Send every log event of this process to `logs/minsheng.jsonl` under the home."""
    settings.logs.mkdir(parents=True, exist_ok=True)
    stream = (settings.logs / LOG_FILE).open("a", encoding="utf-8", buffering=1)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            _stamp,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        # What was kept quiet until now is not any longer.
        wrapper_class=structlog.make_filtering_bound_logger(logging.NOTSET),
    )


def about(**ids: str) -> AbstractContextManager[None]:
    """Name in every log event within the block what it is about: a month, a submission."""
    return structlog.contextvars.bound_contextvars(**ids)


def keep_quiet() -> None:
    """Drop every log event until a home is known to write them to."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """Return a logger whose events carry the name of their module."""
    return cast("structlog.typing.FilteringBoundLogger", structlog.get_logger(module=name))
