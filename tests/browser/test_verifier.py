"""The page in each edition that checks its files, used as a stranger does: files dropped into a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from warehouse import durable
from warehouse.editions.manifest import sealed
from warehouse.editions.signatures import NAMESPACE, SIGNATURE
from warehouse.published import MANIFEST, in_groups
from warehouse.signing import make_keys, read_private_key, sign
from warehouse.snapshot import report

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def edition_in(folder: Path, revision: int, previous: dict[str, str] | None) -> Path:
    """Write what the page reads of an edition: two files, the manifest that lists them, its signature."""
    folder.mkdir()
    (folder / "report.html").write_text(f"样例 {revision}", encoding="utf-8")
    (folder / "data").write_text(f"样例数据 {revision}", encoding="utf-8")
    published_at = f"2025-04-0{revision}T08:00:00+08:00"
    facts = {"period": "2025-03", "revision": revision, "published_at": published_at, "previous": previous}
    (folder / MANIFEST).write_bytes(sealed(facts, folder))
    pair = make_keys(folder.with_name(f"key{revision}"), "office", folder, NAMESPACE)
    signature = sign((folder / MANIFEST).read_bytes(), NAMESPACE, read_private_key(Path(pair.private_key)))
    (folder / SIGNATURE).write_text(signature, encoding="utf-8")
    return folder


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return edition_in(tmp_path / "r1", 1, None)


@pytest.fixture
def edition(tmp_path: Path, before: Path) -> Path:
    link = {"edition": "2025-03/r1", "manifest_sha256": durable.sha256_of(before / MANIFEST)}
    return edition_in(tmp_path / "r2", 2, link)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page, opened from a file with the network away."""
    report.write_verifier(NAMESPACE, tmp_path)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / report.VERIFIER_PAGE).as_uri())
    yield page
    context.close()


def findings(page: Page, *files: Path) -> list[tuple[str, str]]:
    """Give the page some files, and return what it says of each: its verdict, and the words in English."""
    page.check("#english")
    page.set_input_files("input[type=file]", files)
    lines = page.locator("#findings li")
    lines.nth(len(files) - 1).wait_for()
    return [(line.get_attribute("class") or "", line.inner_text()) for line in lines.all()]


def test_an_untouched_edition_holds_with_its_signature(page: Page, edition: Path) -> None:
    found = findings(page, edition / MANIFEST, edition / SIGNATURE, edition / "report.html")

    assert [verdict for verdict, _ in found] == ["notes", "holds", "holds"]
    assert in_groups(durable.sha256_of(edition / MANIFEST)) in found[0][1]
    assert "signs this manifest with the key SHA256:" in found[1][1]


def test_an_altered_file_is_named(page: Page, edition: Path) -> None:
    (edition / "report.html").write_text("另一个数", encoding="utf-8")

    found = findings(page, edition / MANIFEST, edition / "report.html")

    assert found[1:] == [("fails", "✗ report.html: not as the manifest has it: altered")]


def test_an_altered_manifest_does_not_have_the_signature(page: Page, edition: Path) -> None:
    facts = json.loads((edition / MANIFEST).read_text(encoding="utf-8"))
    (edition / MANIFEST).write_text(json.dumps(facts | {"note": "改"}), encoding="utf-8")

    found = findings(page, edition / MANIFEST, edition / SIGNATURE)

    assert found[1:] == [("fails", "✗ manifest.json.sig is not a signature of this manifest")]


def test_a_stranger_s_file_is_not_in_the_manifest(page: Page, edition: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("多的", encoding="utf-8")

    found = findings(page, edition / MANIFEST, tmp_path / "more.txt")

    assert found[1:] == [("fails", "✗ more.txt: the manifest has no such file")]


def test_the_manifest_before_is_a_link_of_the_chain(page: Page, edition: Path, before: Path) -> None:
    found = findings(page, edition / MANIFEST, before / MANIFEST)

    assert found[1:] == [("holds", "✓ 2025-03/r2 follows 2025-03/r1: the chain holds")]


@pytest.mark.parametrize(("wrong", "verdict"), [("", "holds"), ("0000 0000 ", "fails")])
def test_the_hash_on_paper_is_compared(page: Page, edition: Path, wrong: str, verdict: str) -> None:
    findings(page, edition / MANIFEST)

    page.fill("#expected", wrong + in_groups(durable.sha256_of(edition / MANIFEST)[:16]))

    assert page.locator("#findings li").nth(1).get_attribute("class") == verdict


def test_it_fits_a_phone(page: Page, edition: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})

    findings(page, edition / MANIFEST, edition / SIGNATURE)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
