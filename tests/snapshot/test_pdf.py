"""Where there is no PDF, the edition says why, and is published all the same."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from warehouse.editions import Edition
from warehouse.snapshot import report


def program(folder: Path, body: str) -> str:
    path = folder / "browser"
    path.write_text(f"#!{sys.executable}\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_an_edition_without_a_pdf_says_why_in_its_manifest(edition: Edition) -> None:
    absent = edition.manifest()["absent"]

    assert absent == dict.fromkeys(("report.pdf", "brief.pdf"), "there is no Chromium on this machine")
    assert not any((edition.path / name).exists() for name in absent)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("import time; time.sleep(600)", "Chromium did not finish in 1 seconds"),
        ("raise SystemExit(3)", "Chromium ended with status 3"),
        ("", "Chromium ended without a PDF"),
    ],
)
def test_a_browser_that_fails_is_a_reason_and_no_error(tmp_path: Path, body: str, said: str) -> None:
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text("<p>page</p>")

    reason = report.print_pdf(
        page, pdf, program(tmp_path, body), "2023-12", seconds=1 if "sleep" in body else 60
    )

    assert (reason, pdf.exists()) == (said, False)


def test_a_browser_that_is_not_there_is_a_reason_and_no_error(tmp_path: Path) -> None:
    reason = report.print_pdf(tmp_path / "page.html", tmp_path / "page.pdf", "no-such-browser", "2023-12")

    assert reason == "there is no Chromium on this machine"
