"""The machine: clock, room, limits, and the programs beside the warehouse."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warehouse import published
from warehouse.clock import TIMEZONE, now
from warehouse.doctor.registry import Installation, NotApplicable, check, warning

GIBIBYTE = 1 << 30
_FEWEST_OPEN_FILES = 512
_FONT_SECONDS = 3
# A clock that was set while an edition was written may be a little behind it.
_CLOCK_TOLERANCE = timedelta(minutes=5)


@check("set LANG or LC_ALL to a UTF-8 locale, such as C.UTF-8")
def file_names(_: Installation) -> str | None:
    """File names in Chinese can be read and written."""
    found = sys.getfilesystemencoding()
    return None if found.lower().replace("-", "") == "utf8" else f"file names are read as {found}"


@check("install the time zones: Debian's package tzdata, or the Python package tzdata")
def time_zone(_: Installation) -> str | None:
    """The machine knows Asia/Shanghai."""
    try:
        ZoneInfo.no_cache(TIMEZONE)
    except ZoneInfoNotFoundError:
        return f"the time zone {TIMEZONE} is not known"
    return None


@check("set the clock, and keep it set by NTP")
def clock_behind(installation: Installation) -> str | None:
    """The clock is not behind what was published already."""
    editions = published.editions_of(installation.settings)
    if not editions:
        raise NotApplicable("nothing is published yet")
    newest = max(datetime.fromisoformat(one.manifest()["published_at"]) for one in editions[-12:])
    late = newest.replace(tzinfo=None) - now()
    return f"it is {now():%Y-%m-%d %H:%M}, and an edition is of {newest}" if late > _CLOCK_TOLERANCE else None


@check("let TMPDIR name a folder that this account may write")
def temporary_folder(_: Installation) -> str | None:
    """Temporary files can be written."""
    try:
        with tempfile.TemporaryFile() as stream:
            stream.write(b"written by minsheng doctor")
    except OSError as error:
        return str(error)
    return None


@warning("free some room, or let TMPDIR name a larger folder")
def temporary_room(_: Installation) -> str | None:
    """A gibibyte is free for temporary files, which builds and backups need."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    return f"{folder} has {free >> 20} MiB left" if free < GIBIBYTE else None


@warning("give the machine 4 GiB of memory at least")
def memory(_: Installation) -> str | None:
    """The machine has the memory that a month of a district needs."""
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"the machine has {found >> 20} MiB" if found < 3.5 * GIBIBYTE else None


@warning("raise the limit, for example by `ulimit -n 1024`")
def open_files(_: Installation) -> str | None:
    """A process may open several hundred files."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return f"a process may open {soft} files" if 0 <= soft < _FEWEST_OPEN_FILES else None


@warning("run it on Linux where departments write into their inboxes directly: docs/intake.md")
def file_leases(_: Installation) -> str | None:
    """The system tells whether a file in an inbox is still open for writing."""
    return None if hasattr(fcntl, "F_SETLEASE") else "this system has no leases on files"


@warning("install Chromium, or set MINSHENG_BROWSER to it; set it to nothing where no PDF is wanted")
def browser(installation: Installation) -> str | None:
    """The Chromium that prints report.pdf is there."""
    name = installation.settings.browser
    if not name:
        raise NotApplicable("no PDF is wanted")
    return None if shutil.which(name) else f"there is no {name}: editions have no report.pdf"


@warning("install a font with Chinese letters, such as Debian's fonts-noto-cjk")
def browser_fonts(installation: Installation) -> str | None:
    """Chromium finds Chinese letters."""
    name, lister = installation.settings.browser, shutil.which("fc-list")
    if not name or not shutil.which(name) or lister is None:
        raise NotApplicable("no Chromium, or no fc-list to ask")
    listed = subprocess.run(
        [lister, ":lang=zh", "family"], check=False, capture_output=True, timeout=_FONT_SECONDS
    )
    return None if listed.stdout.strip() else "no font has Chinese letters"
