"""Under which licences the packages of the lock file may be used; `make audit` writes the list."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib.metadata import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from warehouse import durable
from warehouse.settings import PROJECT

DOCUMENT = PROJECT / "docs" / "licences.md"
LOCK = PROJECT / "requirements.lock"
# Where the district's server runs: a package for another system or Python is not installed there.
_SERVER = {
    "python_version": "3.11",
    "python_full_version": "3.11.13",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "os_name": "posix",
}
# Whoever gives the project on owes their authors a notice, and nothing else.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT",
    "MIT-0", "PSF-2.0", "Unlicense", "Zlib",
}  # fmt: skip
_LIBRARY = "a library of its own, used unchanged; whoever wants to can replace it"
_FILES = "used unchanged; only changes of its own files would have to be published"
# The licence of each of these asks for more; the reason says why it may be used here.
SPECIAL = {
    "axe-playwright-python": _FILES,
    "certifi": _FILES,
    "hypothesis": _FILES,
    "pathspec": _FILES,
    "psycopg": _LIBRARY,
    "psycopg-binary": _LIBRARY,
    "psycopg2-binary": _LIBRARY,
    "text-unidecode": "used unchanged under the first of the two licences that it offers",
    "tqdm": _FILES,
    "yamllint": "a tool of developers, run as a program of its own; nothing of ours is made from it",
    "yattag": _LIBRARY,
}
# What a package's metadata leaves out or leaves open.
_STATED = {
    "axe-playwright-python": "MIT AND MPL-2.0",
    "openlineage-sql": "Apache-2.0",
    "pyrage": "MIT",
    "text-unidecode": "Artistic-1.0 OR GPL-2.0-or-later",
}
_SPELLINGS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause": "BSD-3-Clause",
    "BSD License": "BSD",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL with exceptions",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
_SAY_NOTHING = {"OSI Approved", "DFSG approved"}
_LONGEST_NAME = 40
_INTRODUCTION = """# Licences

The packages of `requirements.lock` that a server installs (Linux, Python 3.11), with the licences that their
own metadata name. `make audit` writes this page; a test holds it against the lock file. The project itself is
under Apache-2.0.

"""


@dataclass(frozen=True)
class Package:
    """A package of the lock file."""

    name: str
    version: str


def main() -> None:
    """Write the page; ends with status 1 where a licence is on no list."""
    packages = locked()
    durable.write(DOCUMENT, render(packages).encode())
    if refused := [one.name for one in packages if not is_allowed(one.name)]:
        sys.exit(
            f"The licences of {', '.join(refused)} are on no list of deployment/licences.py: look at each"
        )


def locked() -> list[Package]:
    """Return the packages that the lock file installs on a server."""
    lines = re.findall(r"^([A-Za-z0-9].*?==.*?)\s*\\?$", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    required = [Requirement(line) for line in lines]
    return [
        Package(canonicalize_name(one.name), str(one.specifier).removeprefix("=="))
        for one in required
        if one.marker is None or one.marker.evaluate(_SERVER)
    ]


def licence_of(name: str) -> str:
    """Return the licence of an installed package, as an expression of SPDX names where it has any."""
    said = metadata(name)
    written = said.get("License-Expression") or _STATED.get(name)
    if written:
        return written
    kinds = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or [] if line[:7] == "License"]
    names = [_spelled(kind) for kind in kinds if kind not in _SAY_NOTHING]
    in_words = (said.get("License") or "").strip()
    if not names and in_words and len(in_words) <= _LONGEST_NAME:
        names = [" OR ".join(_spelled(part) for part in in_words.split(" OR "))]
    return " OR ".join(sorted(set(names))) or "unknown"


def is_allowed(name: str) -> bool:
    """Whether a package has a reason of its own, or one alternative of its licence has only allowed parts."""
    alternatives = licence_of(name).split(" OR ")
    return name in SPECIAL or any(set(one.split(" AND ")) <= ALLOWED for one in alternatives)


def render(packages: list[Package]) -> str:
    """Return the page as Markdown."""
    rows = [f"| {one.name} | {one.version} | {licence_of(one.name)} |" for one in packages]
    table = "\n".join(["| package | version | licence |", "| --- | --- | --- |", *rows])
    reasons = [f"| {name} | {licence_of(name)} | {reason} |" for name, reason in sorted(SPECIAL.items())]
    special = "\n".join(["| package | licence | why it may be used |", "| --- | --- | --- |", *reasons])
    return f"{_INTRODUCTION}{table}\n\n## Those that ask for more than a notice\n\n{special}\n"


def _spelled(name: str) -> str:
    return _SPELLINGS.get(name, name)


if __name__ == "__main__":
    main()
