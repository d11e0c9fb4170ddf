"""The records of what was said: one JSON file an incident in `archive/incidents/`, whose events only grow."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from warehouse import durable
from warehouse.settings import Settings


@dataclass
class Event:
    """What was said once of an incident: opened, updated, closed, dismissed by a person, or seen again.

    An incident that is seen again sends no further notice.
    """

    kind: str
    at: str
    """Wall-clock time in Asia/Shanghai, ISO 8601."""
    title: str
    text: str
    owed_to: list[str] = field(default_factory=list)
    """The channels that were set up when it was said, by name, and have not taken the message yet."""

    @property
    def moment(self) -> datetime:
        """When it was said."""
        return datetime.fromisoformat(self.at)


@dataclass
class Incident:
    """One thing that is or was wrong."""

    cause: str
    runbook: str
    events: list[Event]

    @property
    def is_open(self) -> bool:
        """Whether it is still wrong."""
        return self.events[-1].kind not in {"closed", "dismissed", "announced"}

    @property
    def last_message(self) -> Event:
        """The newest event that is a message."""
        return next(event for event in reversed(self.events) if event.kind != "seen")

    @property
    def file_name(self) -> str:
        """The name of its record: when it opened, and a hash of its cause."""
        return f"{self.events[0].moment:%Y%m%dT%H%M%S%f}-{_digest(self.cause)}.json"


def open_incident(settings: Settings, cause: str) -> Incident | None:
    """Return the open incident of a cause, or None."""
    newest = newest_incident(settings, cause)
    return newest if newest and newest.is_open else None


def newest_incident(settings: Settings, cause: str) -> Incident | None:
    """Return the newest incident of a cause, open or not; None where there never was one."""
    known = sorted(_folder(settings).glob(f"*-{_digest(cause)}.json"))
    return _read(known[-1]) if known else None


def is_known(settings: Settings, cause: str) -> bool:
    """Return whether anything was ever said of a cause."""
    return any(_folder(settings).glob(f"*-{_digest(cause)}.json"))


def all_incidents(settings: Settings) -> list[Incident]:
    """Return every incident that ever was, the oldest first."""
    return [_read(path) for path in sorted(_folder(settings).glob("*.json"))]


def untold(settings: Settings) -> list[Incident]:
    """Return the incidents whose newest message some channel has still to take."""
    return [one for one in all_incidents(settings) if one.last_message.owed_to]


def keep(settings: Settings, incident: Incident) -> None:
    """Write the record in one step."""
    content = json.dumps(asdict(incident), ensure_ascii=False, indent=1).encode()
    durable.write(_folder(settings) / incident.file_name, content)


def note_told(settings: Settings, incident: Incident, event: Event, still_owed_to: list[str]) -> None:
    """Note which channels a message is still owed to, in the record as it stands by now."""
    with alone(settings):
        current = _read(_folder(settings) / incident.file_name)
        place = incident.events.index(event)
        current.events[place].owed_to = still_owed_to
        keep(settings, current)


def alone(settings: Settings) -> AbstractContextManager[None]:
    """Let one process at a time change records; never held while a channel is waited for."""
    return _locked(settings, ".records.lock")


def telling(settings: Settings) -> AbstractContextManager[None]:
    """Let one process at a time send, so that no message goes out twice."""
    return _locked(settings, ".telling.lock")


@contextmanager
def _locked(settings: Settings, name: str) -> Iterator[None]:
    folder = _folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _folder(settings: Settings) -> Path:
    return settings.archive / "incidents"


def _read(path: Path) -> Incident:
    facts = json.loads(path.read_text(encoding="utf-8"))
    events = [Event(**event) for event in facts["events"]]
    return Incident(facts["cause"], facts["runbook"], events)


def _digest(cause: str) -> str:
    return hashlib.sha256(cause.encode()).hexdigest()[:12]
