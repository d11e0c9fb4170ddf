"""The report as PDF, printed by Chromium where the machine has it: the same page, so the same figures."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

REPORT_PDF = "report.pdf"
BRIEF_PDF = "brief.pdf"
_SECONDS = 300.0
_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
_FILTER = re.compile(r' href="\?[^"#]*(?=#)')
"""What a link within the page asks of its filters, which paper has not."""
_LINK_TO_FILE = re.compile(r' href="(?!#|https?:)[^"]*"')
"""A link to a page beside this one: in a PDF it would name the folder and machine that printed it."""
_WRITTEN_AT = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}")
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def print_pdf(page: Path, pdf: Path, browser: str, period: str, seconds: float = _SECONDS) -> str | None:
    """Print a page of our own to `pdf`; return None, or why there is no PDF, which is never an error.

    `browser` is the program's name or path, empty for none. The file says that it was written on the first
    day of `period`, not when, and no link says where: the same page and the same browser give the same bytes.
    """
    program = shutil.which(browser) if browser else None
    if program is None:
        return "there is no Chromium on this machine"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        printed, copy = Path(profile) / pdf.name, Path(profile) / page.name
        copy.write_text(_on_paper(page.read_text(encoding="utf-8")), encoding="utf-8")
        failure = _run([*_command(program, profile), f"--print-to-pdf={printed}", copy.as_uri()], seconds)
        if failure is None and not printed.exists():
            failure = "Chromium ended without a PDF"
        if failure is not None:
            return failure
        month = period.replace("-", "").encode()
        pdf.write_bytes(_WRITTEN_AT.sub(rb"\g<1>" + month + b"01000000", printed.read_bytes()))
    return None


def _on_paper(content: str) -> str:
    """Leave out what only a screen has: scripts, filters, and links to other files."""
    return _LINK_TO_FILE.sub("", _FILTER.sub(' href="', _SCRIPT.sub("", content)))


def _command(program: str, profile: str) -> list[str]:
    # Chromium refuses its sandbox to root; the page is our own file and may load nothing.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [program, *_OPTIONS, *sandbox, f"--user-data-dir={profile}"]


def _run(command: list[str], seconds: float) -> str | None:
    """Run the browser, and end it and its children when its time is over."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return f"Chromium did not finish in {seconds:.0f} seconds"
    return f"Chromium ended with status {code}" if code else None
