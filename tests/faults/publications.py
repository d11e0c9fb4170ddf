"""Holds the editions to promises 3, 4 and 7 by their own files, at any instant."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Publications:
    """Remembers each edition as it was first seen, and says what no longer holds."""

    folder: Path
    seen: dict[str, str] = field(default_factory=dict)
    """The hash of each edition's manifest."""

    def faults(self) -> list[str]:
        """Return what a reader must never meet, also just after a kill."""
        manifests = self._manifests()
        digests = {name: sha256_of(path) for name, path in manifests.items()}
        changed = [name for name, digest in self.seen.items() if digests.get(name) != digest]
        self.seen |= digests
        link = self.folder / "current"
        leads_to = str(link.readlink()) if link.is_symlink() else None
        return [
            *(fault for name, path in manifests.items() for fault in _of_one(name, path, manifests)),
            *(f"3: the edition {name} is no longer what was published" for name in changed),
            *([] if leads_to is None or leads_to in digests else [f"4: current leads to {leads_to}"]),
            *_twins(manifests),
        ]

    def faults_at_rest(self) -> list[str]:
        """Return what must hold too once a publication has come to its end."""
        newest = max(self.seen, key=lambda name: (name[:7], int(name[9:])))
        link = self.folder / "current"
        leads_to = str(link.readlink()) if link.is_symlink() else None
        return [] if leads_to == newest else [f"4: current is {leads_to}, the newest edition {newest}"]

    def _manifests(self) -> dict[str, Path]:
        paths = sorted(self.folder.glob("*/r*/manifest.json"))
        return {f"{path.parent.parent.name}/{path.parent.name}": path for path in paths}


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _of_one(name: str, path: Path, manifests: dict[str, Path]) -> list[str]:
    manifest = _read(path)
    files = {str(one.relative_to(path.parent)): one for one in path.parent.rglob("*") if one.is_file()}
    # The anchor page states the manifest's own hash.
    del files[path.name], files["anchor.html"]
    listed = {file: facts["sha256"] for file, facts in manifest["files"].items()}
    before = manifest["previous"]
    holds = before is None or (
        before["edition"] in manifests
        and sha256_of(manifests[before["edition"]]) == before["manifest_sha256"]
    )
    is_whole = {file: sha256_of(one) for file, one in files.items()} == listed
    return [
        *([] if is_whole else [f"3: {name} is not whole"]),
        *([] if holds else [f"3: the link from {name} to the edition before it is broken"]),
    ]


def _twins(manifests: dict[str, Path]) -> list[str]:
    """Two revisions of a month in a row that say the same: a publication that counted twice."""
    contents = {name: _read(path)["content_sha256"] for name, path in manifests.items()}
    following = {name: f"{name[:7]}/r{int(name[9:]) + 1}" for name in contents}
    return [
        f"7: {after} publishes again what {name} did"
        for name, after in following.items()
        if contents.get(after) == contents[name]
    ]


def _read(path: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest
