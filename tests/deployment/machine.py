"""A bare Debian 13 with Docker from its own packages, in a folder: another root, processes and mounts.

No registry of images is asked: the images that docker-compose.yml names are made from Debian's packages. The
kernel and the network are this machine's, so its address 127.0.0.1 is ours too. It needs root and mmdebstrap.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil

from tests.services.programs import required
from warehouse.settings import PROJECT

CHECKOUT = "/root/minsheng"
_IMAGES = Path(__file__).with_name("images")
_DEBIAN = ("mmdebstrap", "--variant=minbase", '--aptopt=Acquire::Languages "none"', "trixie")
_PACKAGES = "ca-certificates,docker.io,docker-cli,docker-compose,docker-buildx,iptables,procps,python3,sudo"
# What a slim image leaves out too.
_UNWANTED = [f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in ("doc", "locale", "man")]
# Not by chroot alone: what enters a container by its namespaces would find itself on this machine.
_BOOT = """
mount --make-rprivate / && mount --bind "$0" "$0" && mount -t proc proc "$0/proc"
mount --rbind /sys "$0/sys" && mount --rbind /dev "$0/dev" && mount -t tmpfs tmpfs "$0/run"
cp /etc/resolv.conf "$0/etc/resolv.conf"
cd "$0" && mkdir -p mnt/before && pivot_root . mnt/before
exec chroot . sh -euc 'umount --lazy /mnt/before && exec dockerd'
"""
_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
_START_SECONDS = 60


def needed() -> None:
    """Skip where this machine cannot make another, or fail in CI."""
    required(shutil.which("mmdebstrap"), "mmdebstrap")
    required(os.geteuid() == 0 or None, "sudo: these tests run as root")


class Machine:
    """Another machine in a folder: make it, start it, type commands on it, stop it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "machine"
        self._log = folder / "docker.log"
        self._images = folder / "debian.tar"
        self._processes: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """Install Debian with Docker and lay the checkout in it."""
        mirror = os.environ.get("MINSHENG_DEBIAN_MIRROR", "http://deb.debian.org") + "/debian"
        subprocess.run(
            [*_DEBIAN, f"--include={_PACKAGES}", self.root, mirror], check=True, capture_output=True
        )
        words = [*_DEBIAN, "--include=ca-certificates", *_UNWANTED, self._images, mirror]
        subprocess.run(words, check=True, capture_output=True)
        self._lay_the_checkout()

    def start(self) -> None:
        """Start Docker, and make the images that no registry gives."""
        with self._log.open("wb") as log:
            isolated = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
            self._processes = subprocess.Popen(
                [*isolated, "sh", "-euc", _BOOT, self.root], stdout=log, stderr=log
            )
        give_up_at = time.monotonic() + _START_SECONDS
        while self._processes.poll() is None and self.run("docker info", check=False).returncode != 0:
            assert time.monotonic() < give_up_at, self._log.read_text()
            time.sleep(0.5)
        with self._images.open("rb") as debian:
            self.run("docker import - debian:13.2-slim", stdin=debian)
        for name, image in (("database", "postgres:17.6-bookworm"), ("broker", "redis:7.4.5-bookworm")):
            self.run(f"docker build --quiet --tag {image} {CHECKOUT}/tests/deployment/images/{name}")

    def run(
        self, script: str, *, check: bool = True, stdin: Any = subprocess.DEVNULL
    ) -> subprocess.CompletedProcess[str]:
        """Type a script there as the administrator, in the checkout; return how it ended and what it said."""
        assert self._processes is not None
        children = psutil.Process(self._processes.pid).children()
        target = str(children[0].pid if children else self._processes.pid)
        variables = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "TERM=dumb"]
        words = ["nsenter", "--target", target, "--mount", "--pid", "--root", *variables]
        done = subprocess.run(
            [*words, "sh", "-euc", f"cd {CHECKOUT}\n{script}"],
            check=False, stdin=stdin, capture_output=True, text=True,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{script}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done

    def stop(self) -> None:
        """End all that runs there, with its networks."""
        if self._processes is not None:
            self.run("docker compose --profile celery down --timeout 10", check=False)
            # It does not heed a softer signal, and takes all that runs there with it.
            self._processes.kill()
            self._processes.wait()

    def _lay_the_checkout(self) -> None:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=PROJECT, check=True, capture_output=True,
        ).stdout  # fmt: skip
        checkout = self.root / CHECKOUT.removeprefix("/")
        for name in filter(None, os.fsdecode(listed).split("\0")):
            if (PROJECT / name).exists():
                (checkout / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(PROJECT / name, checkout / name)
        # Whom this machine trusts, the image may need to trust: a proxy of the network, for example.
        shutil.copy(_AUTHORITIES, checkout / "deployment" / "certificates" / "machine.crt")
