"""One district of an installation: its names in Airflow, and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.settings import Settings


@dataclass(frozen=True)
class District:
    """A district that the list names; `District()` is the only one of an installation without a list."""

    code: str = ""
    name: str = ""
    """As people call it: before the titles of its DAGs and of its messages."""
    queue: str | None = None
    """The Celery queue that its tasks go to; None for Airflow's own."""
    role: str | None = None
    """The Airflow role that sees and runs its DAGs, and those of no other district."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """The settings that are the district's own, whatever the environment says."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of the list on which each key stands."""

    def named(self, name: str) -> str:
        """Return the name of a DAG, pool or asset of this district, as the whole Airflow knows it."""
        return f"{self.code}.{name}" if self.code else name

    def titled(self, title: str) -> str:
        """Return a title that says whose it is."""
        return f"{self.name} · {title}" if self.name else title

    def address(self, path: str) -> str:
        """Return the URI of an asset of this district."""
        return f"minsheng://{self.code}/{path}" if self.code else f"minsheng://{path}"

    def settings(self, **changed: Any) -> Settings:
        """Return its settings: its own, then those of the environment; raises MinshengError as they do."""
        from warehouse.settings import Settings

        own = dict(self.own)
        if self.code and own.get("backups") is None and (shared := Settings().backups) is not None:
            own["backups"] = shared / self.code
        return Settings(**(own | changed))


@dataclass(frozen=True)
class City(District):
    """What stands above the districts: its home is the folder `city` in the installation's own home."""

    name: str = "全市"

    def settings(self, **changed: Any) -> Settings:
        """Return the settings of the installation, for the city's home."""
        from warehouse.settings import Settings

        installation = Settings(**changed)
        return installation.model_copy(update={"home": installation.home / "city", "district": self.name})
