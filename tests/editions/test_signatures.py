"""What a stranger can prove: by a public key, or by a hash on paper, and with other tools than ours."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import MONTH
from tests.editions.candidates import change_and_pass
from tests.editions.conftest import in_a_small_copy, published_copy
from warehouse import durable, editions
from warehouse.editions.signatures import NAMESPACE, SIGNATURE
from warehouse.errors import MinshengError
from warehouse.published import MANIFEST, Edition
from warehouse.settings import PROJECT, Settings
from warehouse.signing import KeyPair, make_keys

pytestmark = pytest.mark.slow

PAGE = (PROJECT / "docs" / "editions.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> KeyPair:
    folder = tmp_path_factory.mktemp("keys")
    return make_keys(folder / "office", "office", folder / "home", NAMESPACE)


@pytest.fixture(scope="module")
def signed_home(small_published: Path, office: KeyPair, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The first edition of the month is not signed, the next two are."""
    home = in_a_small_copy(small_published, tmp_path_factory.mktemp("signed") / "home")
    signing = home.model_copy(update={"signing_key": Path(office.private_key)})
    for number in range(2):
        change_and_pass(home, f"update marts.indicator_progress set note = note || '{number}'")
        editions.publish(signing, MONTH)
    return home


@pytest.fixture
def home(signed_home: Settings, tmp_path: Path) -> Settings:
    return published_copy(signed_home, tmp_path / "home")


@pytest.fixture
def key(office: KeyPair) -> Path:
    return Path(office.public_key)


def head_of(edition: Edition) -> str:
    return durable.sha256_of(edition.path / MANIFEST)


def take_away_the_newest(home: Settings) -> str:
    """Remove the newest edition with its record, and point `current` to the one before; return its hash."""
    *_, before, newest = editions.editions_of(home)
    head = head_of(newest)
    newest.path.chmod(0o755)
    durable.remove(newest.path)
    (home.archive / "publications" / f"{newest.period}-r{newest.revision}.json").unlink()
    durable.link(home.editions / "current", before.name)
    return head


def forget_what_lay_beside(home: Settings, edition: Edition) -> None:
    """Leave only the manifest's hash in the record of a publication, as earlier releases wrote it."""
    record = home.archive / "publications" / f"{edition.period}-r{edition.revision}.json"
    record.write_text(json.dumps({"edition": edition.name, "manifest_sha256": head_of(edition)}))


def forge_all(home: Settings) -> None:
    """Change a word in every manifest, and compute all hashes of the chain again."""
    previous = None
    for edition in editions.editions_of(home):
        path = edition.path / MANIFEST
        edition.path.chmod(0o755)
        path.chmod(0o644)
        facts = json.loads(path.read_text()) | {"reason": "伪造", "previous": previous}
        path.write_text(json.dumps(facts, ensure_ascii=False))
        path.chmod(0o444)
        for name in ("anchor.html", SIGNATURE):
            (edition.path / name).unlink(missing_ok=True)
        edition.path.chmod(0o555)
        previous = {"edition": edition.name, "manifest_sha256": head_of(edition)}
        record = home.archive / "publications" / f"{edition.period}-r{edition.revision}.json"
        record.write_text(json.dumps(previous))


def test_editions_since_the_first_signed_one_are_proved_by_the_key(home: Settings, key: Path) -> None:
    assert editions.verify(home, [key]).signed == 2


def test_a_manifest_names_the_key_that_signs_it_as_ssh_keygen_prints_it(home: Settings, key: Path) -> None:
    printed = subprocess.run(["ssh-keygen", "-l", "-f", key], check=True, capture_output=True, text=True)

    manifests = [edition.manifest() for edition in editions.editions_of(home)]
    assert [one.get("signing_key") for one in manifests] == [None, *2 * [printed.stdout.split()[1]]]


def test_a_key_of_somebody_else_proves_nothing(home: Settings, tmp_path: Path) -> None:
    other = make_keys(tmp_path / "other", "other", tmp_path / "home", NAMESPACE)

    with pytest.raises(MinshengError, match=r"No edition is signed with .*other\.pub"):
        editions.verify(home, [Path(other.public_key)])


def test_a_signature_that_is_gone_or_altered_is_named(home: Settings, key: Path) -> None:
    newest = editions.editions_of(home)[-1]
    forget_what_lay_beside(home, newest)
    signature = newest.path / SIGNATURE
    signature.chmod(0o644)
    signature.write_text(signature.read_text().swapcase())
    signature.chmod(0o444)
    with pytest.raises(MinshengError, match=r"2023-12/r3: its signature manifest\.json\.sig does not hold"):
        editions.verify(home)
    newest.path.chmod(0o755)
    signature.unlink()
    newest.path.chmod(0o555)

    with pytest.raises(MinshengError, match="2023-12/r3: its signature is missing"):
        editions.verify(home, [key])


def test_a_signature_that_differs_from_the_record_of_its_publication_is_named(home: Settings) -> None:
    newest = editions.editions_of(home)[-1]
    newest.path.chmod(0o755)
    (newest.path / SIGNATURE).unlink()
    newest.path.chmod(0o555)

    with pytest.raises(MinshengError, match=r"2023-12/r3: manifest\.json\.sig was altered, added or removed"):
        editions.verify(home)


def test_an_anchor_page_that_was_altered_is_named(home: Settings) -> None:
    page = editions.editions_of(home)[-1].path / "anchor.html"
    page.chmod(0o644)
    page.write_text("其他")
    page.chmod(0o444)

    with pytest.raises(MinshengError, match=r"anchor\.html was altered"):
        editions.verify(home)


def test_a_hash_on_paper_finds_its_edition_however_it_is_typed(home: Settings) -> None:
    first = editions.editions_of(home)[0]
    printed = re.search(r"<code>((?:[0-9a-f]{4} ?){16})</code>", (first.path / "anchor.html").read_text())
    assert printed

    assert editions.verify(home, expect=printed[1]).expected == first.name
    assert editions.verify(home, expect=head_of(first)[:16].upper()).expected == first.name


@pytest.mark.parametrize("typed", ["", "abc", "x" * 16])
def test_what_is_no_hash_is_told(home: Settings, typed: str) -> None:
    with pytest.raises(MinshengError, match="is no hash"):
        editions.verify(home, expect=typed)


def test_the_report_prints_the_hash_of_the_edition_before(home: Settings) -> None:
    *_, before, newest = editions.editions_of(home)

    report = (newest.path / "report.html").read_text(encoding="utf-8")

    assert head_of(before) in report.replace(" ", "")
    assert newest.manifest()["marts_sha256"] in report.replace(" ", "")


def test_a_newest_edition_that_was_taken_away_is_found_by_its_hash(home: Settings) -> None:
    head = take_away_the_newest(home)
    editions.verify(home)

    with pytest.raises(MinshengError, match="the chain was forged, or the edition taken away"):
        editions.verify(home, expect=head)


def test_a_chain_that_was_forged_from_the_first_edition_on_is_found_by_key_and_by_hash(
    home: Settings, key: Path
) -> None:
    head = head_of(editions.editions_of(home)[0])
    forge_all(home)
    editions.verify(home)

    with pytest.raises(MinshengError, match="No edition is signed"):
        editions.verify(home, [key])
    with pytest.raises(MinshengError, match="the chain was forged"):
        editions.verify(home, expect=head)


def test_a_stranger_proves_an_edition_by_the_documented_commands_alone(
    home: Settings, office: KeyPair, tmp_path: Path
) -> None:
    (commands,) = re.findall(r"```sh\n(ssh-keygen.*?)```", PAGE, flags=re.DOTALL)
    edition = editions.editions_of(home)[-1]
    (tmp_path / "allowed_signers").write_text(office.allowed_signers + "\n")
    script = commands.replace("督查室", "office").replace(
        "~/allowed_signers", str(tmp_path / "allowed_signers")
    )

    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=edition.path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "Good" in done.stdout
    assert head_of(edition) in done.stdout
