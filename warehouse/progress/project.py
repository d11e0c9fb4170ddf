"""The dbt project as dbt understood it: parsed once, and kept until one of its files changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from warehouse import durable
from warehouse.logs import logger

_DIGEST_BYTES = hashlib.sha256().digest_size
# What dbt itself leaves in a project's folder.
_NOT_SOURCES = {"logs", "target"}


def parsed(project: Path, kept: Path, parse: Callable[[], Any]) -> Any:
    """Return dbt's manifest of the project in this folder: the one in the file `kept`, or what `parse` gives.

    dbt's own cache is of no use from one month to the next: it forgets everything when a variable or the
    path of a database differs. Neither has a part in the manifest; they are rendered when a model runs.
    """
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumaro_encoder, extended_mashumuro_decoder

    key = _digest_of(project)
    content = _content(kept, key)
    if content is not None:
        return Manifest.from_msgpack(content, decoder=extended_mashumuro_decoder)
    manifest = parse()
    content = manifest.to_msgpack(extended_mashumaro_encoder)
    durable.write(kept, key + hashlib.sha256(content).digest() + content)
    logger(__name__).info("parsed", nodes=len(manifest.nodes))
    return manifest


def _content(kept: Path, key: bytes) -> bytes | None:
    """Return what was kept of the very same project, if it is still as it was written."""
    if not kept.exists():
        return None
    found = kept.read_bytes()
    content = found[2 * _DIGEST_BYTES :]
    is_sound = found[: 2 * _DIGEST_BYTES] == key + hashlib.sha256(content).digest()
    return content if is_sound else None


def _digest_of(project: Path) -> bytes:
    # The manifest names the folder that dbt's seeds are loaded from.
    made_by = f"{version('dbt-core')} {version('dbt-duckdb')} {project.resolve()}\0"
    digest = hashlib.sha256(made_by.encode())
    for path in sorted(project.rglob("*")):
        name = path.relative_to(project)
        if path.is_file() and not _NOT_SOURCES & set(name.parts):
            digest.update(f"{name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()
