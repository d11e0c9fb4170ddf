"""Writes what a server without a network installs from: `make bundle`, docs/offline.md.

The packages are those of `server.lock`, by their hashes, for the Python that runs this. Images are put in
where there is a Docker to build and save them.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from warehouse import durable
from warehouse.settings import PROJECT
from warehouse.version import release

LOCK = PROJECT / "deployment" / "server.lock"
DIST = PROJECT / "dist"
_CHECKOUT = ("docker-compose.yml", "README.md", "LICENSE", "deployment", "seeds", "docs")
_NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.crt")
_PROFILES = ("--profile", "celery", "--profile", "backup")


def write(target: Path, images: bool, lock: Path = LOCK) -> Path:
    """Write the bundle into the folder `target` and return its path; `images`: with Docker's.

    A failing tool's own words go to standard error; raises subprocess.CalledProcessError.
    """
    name = f"minsheng-{release()}-bundle"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as temporary:
        folder = Path(temporary) / name
        folder.mkdir()
        shutil.copy(lock, folder / "server.lock")
        _collect_wheels(folder / "wheels", lock)
        for one in _CHECKOUT:
            _copy(PROJECT / one, folder / "checkout" / one)
        if images:
            _save_images(folder / "images.tar")
        _write_sums(folder)
        bundle, beside = target / f"{name}.tar", target / f".{name}.tar.tmp"
        with tarfile.open(beside, "w") as archive:
            archive.add(folder, name, filter=_anonymous)
        beside.replace(bundle)
    return bundle


def _collect_wheels(folder: Path, lock: Path) -> None:
    download = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    _run(
        sys.executable, *download, "--only-binary", ":all:", "--dest", str(folder), "--requirement", str(lock)
    )
    _run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))


def _save_images(file: Path) -> None:
    _run("docker", "compose", *_PROFILES, "build")
    told = subprocess.run(
        ["docker", "compose", *_PROFILES, "config", "--format", "json"],
        cwd=PROJECT, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    images = sorted({service["image"] for service in json.loads(told.stdout)["services"].values()})
    _run("docker", "compose", *_PROFILES, "pull", "--ignore-buildable", "--quiet", "--policy", "missing")
    _run("docker", "save", "--output", str(file), *images)


def _docker_runs() -> bool:
    if shutil.which("docker") is None:
        return False
    asked = (["docker", "info"], ["docker", "compose", "version"])
    return all(subprocess.run(one, check=False, capture_output=True).returncode == 0 for one in asked)


def _write_sums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{durable.sha256_of(path)}  {path.relative_to(folder)}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=_NOT_SHIPPED)
    else:
        shutil.copy(source, target)


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def _run(*words: str) -> None:
    subprocess.run(words, cwd=PROJECT, check=True)


def main() -> None:
    """Write the bundle, and say what it is for and what it lacks."""
    images = _docker_runs()
    bundle = write(DIST, images)
    without = "" if images else "; without images, since no Docker with Compose runs here"
    made_for = f"Python {platform.python_version()} on {platform.machine()}"
    print(f"{bundle}: {bundle.stat().st_size >> 20} MiB, for {made_for}{without}")  # noqa: T201
    print(f"SHA-256 {durable.sha256_of(bundle)}")  # noqa: T201


if __name__ == "__main__":
    main()
