"""A copy of a checkout to plant faults in: whatever is done to it, the checkout stays as it is."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

# What is loaded into the pytest of a copy, which may know nothing of this package.
PLUGINS = SimpleNamespace(
    folder=Path(__file__).parent / "plugins", trial="teeth_trial", fixtures="teeth_fixtures"
)

_NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", ".coverage*"
)

# What a pytest or a measurement around this one set, and what forbids bytecode, as in the Makefile.
_NOT_PASSED_ON = ("PYTEST_", "COV", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Copy:
    """The files of a checkout in a folder of their own, run by the checkout's Python."""

    root: Path
    temporary: Path

    @classmethod
    @contextmanager
    def of(cls, checkout: Path) -> Iterator[Copy]:
        """Copy a checkout's files; the copy goes when the context ends."""
        checkout = checkout.resolve()
        with tempfile.TemporaryDirectory(prefix="teeth-", ignore_cleanup_errors=True) as folder:
            copy = cls(Path(folder) / "copy", Path(folder) / "tmp")
            for place in (copy.temporary, copy.root):
                place.mkdir()
            # Some tests look at files as another account, which must get as far as these.
            for place in (Path(folder), copy.temporary, copy.root):
                place.chmod(0o711)
            shutil.copytree(checkout, copy.root, symlinks=True, ignore=_NOT_COPIED, dirs_exist_ok=True)
            (copy.root / ".venv").symlink_to(_environment_of(checkout))
            yield copy

    @property
    def python(self) -> str:
        """The Python that runs the copy."""
        return str(self.root / ".venv" / "bin" / "python")

    @property
    def environment(self) -> dict[str, str]:
        """The variables under which the copy's own package is imported, also by what its tests start."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_PASSED_ON)}
        return kept | {
            "PYTHONPATH": os.pathsep.join((str(self.root), str(PLUGINS.folder))),
            "MINSHENG_HOME": str(self.root / "var"),
            "MINSHENG_PLAN": str(self.root / "seeds"),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(self.temporary / "hypothesis"),
            "TMPDIR": str(self.temporary),
        }

    @contextmanager
    def holding(self, name: str, text: str) -> Iterator[None]:
        """Have a file hold another text while the context lasts."""
        before = self.read(name)
        self._write(name, text)
        try:
            yield
        finally:
            self._write(name, before)

    def read(self, name: str) -> str:
        """Return a file's text."""
        return (self.root / name).read_bytes().decode()

    def tidy(self) -> None:
        """Remove what the tests left behind."""
        for left in self.temporary.iterdir():
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)

    def _write(self, name: str, text: str) -> None:
        file = self.root / name
        file.write_bytes(text.encode())
        # Bytecode is told by its source's size and second: a fault may have both of them.
        for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
            compiled.unlink()


def _environment_of(checkout: Path) -> Path:
    """Return the virtual environment of a checkout, or ours where it has none."""
    own = checkout / ".venv"
    return own if own.exists() else Path(sys.prefix)
