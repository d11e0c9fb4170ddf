"""Proofs added after publication: the approver's signature, and the time stamp of an authority."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.editions.conftest import published_copy
from warehouse import editions
from warehouse.cli.main import run_command_line
from warehouse.editions import Edition, proofs
from warehouse.editions.signatures import NAMESPACE, proofs_of
from warehouse.errors import MinshengError, UsageError
from warehouse.published import MANIFEST
from warehouse.settings import PROJECT, Settings
from warehouse.signing import KeyPair, make_keys

pytestmark = pytest.mark.slow

PAGE = (PROJECT / "docs" / "editions.md").read_text(encoding="utf-8")
EXTENSIONS = """
[req]
distinguished_name = name
[name]
[authority]
default_tsa = tsa
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
[stamping]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""


@dataclass(frozen=True)
class Authority:
    """A time-stamping authority of OpenSSL, in a folder of its own."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def openssl(self, *words: str | Path) -> str:
        command = ["openssl", *map(str, words)]
        return subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True).stdout

    def establish(self) -> Authority:
        (self.folder / "openssl.cnf").write_text(EXTENSIONS, encoding="utf-8")
        (self.folder / "serial").write_text("01", encoding="utf-8")
        new = ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-config", "openssl.cnf"]
        self.openssl(
            *new,
            "-x509",
            "-subj",
            "/CN=sample root",
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
            "-days",
            "30",
        )
        self.openssl(*new, "-subj", "/CN=sample stamps", "-keyout", "stamps.key", "-out", "stamps.csr")
        signed = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30"]
        extensions = ["-extfile", "openssl.cnf", "-extensions", "stamping"]
        self.openssl("x509", "-req", "-in", "stamps.csr", *signed, *extensions, "-out", "stamps.pem")
        return self

    def answer(self, request: Path) -> Path:
        """Answer a request, which was carried here as a file."""
        response = self.folder / f"{request.stem}.tsr"
        signer = ["-signer", "stamps.pem", "-inkey", "stamps.key"]
        self.openssl(
            *["ts", "-reply", "-config", "openssl.cnf", "-section", "tsa"],
            *["-queryfile", request, *signer, "-out", response],
        )
        return response


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority")).establish()


@pytest.fixture(scope="module")
def approver(tmp_path_factory: pytest.TempPathFactory) -> KeyPair:
    folder = tmp_path_factory.mktemp("keys")
    return make_keys(folder / "approver", "approver", folder / "home", NAMESPACE)


@pytest.fixture
def home(small_published: Path, tmp_path: Path) -> Settings:
    return published_copy(Settings(home=small_published), tmp_path / "home")


@pytest.fixture
def edition(home: Settings) -> Edition:
    return editions.find(home, "current")


def stamped(home: Settings, edition: Edition, authority: Authority, folder: Path) -> proofs.Stamped:
    request = folder / "asked.tsq"
    proofs.stamp_request(edition, request)
    return proofs.accept_stamp(home, edition, authority.answer(request), authority.root)


def test_an_approver_signs_what_was_published_and_the_key_proves_it(
    home: Settings, edition: Edition, approver: KeyPair
) -> None:
    proofs.add_signature(home, edition, Path(approver.private_key), "approver")

    assert editions.verify(home, [Path(approver.public_key)]).signed == 1


def test_the_approver_s_signature_is_checked_by_ssh_keygen(
    home: Settings, edition: Edition, approver: KeyPair, tmp_path: Path
) -> None:
    signature = proofs.add_signature(home, edition, Path(approver.private_key), "approver").file
    signers = tmp_path / "allowed_signers"
    signers.write_text(f"{approver.allowed_signers}\n", encoding="utf-8")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "approver", "-n", NAMESPACE, "-s"]

    with (edition.path / MANIFEST).open("rb") as manifest:
        done = subprocess.run([*command, signature], stdin=manifest, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr


def test_signing_again_changes_nothing_and_another_key_under_the_name_is_refused(
    home: Settings, edition: Edition, approver: KeyPair, tmp_path: Path
) -> None:
    other = make_keys(tmp_path / "other", "other", tmp_path / "elsewhere", NAMESPACE)
    first = proofs.add_signature(home, edition, Path(approver.private_key), "approver")

    assert proofs.add_signature(home, edition, Path(approver.private_key), "approver") == first
    with pytest.raises(MinshengError, match="has another proof"):
        proofs.add_signature(home, edition, Path(other.private_key), "approver")


@pytest.mark.parametrize("name", ["", "../x", ".hidden", "two words", 'a"b', "a,b"])
def test_a_name_that_is_unfit_for_a_file_or_for_allowed_signers_is_refused(
    home: Settings, edition: Edition, approver: KeyPair, name: str
) -> None:
    with pytest.raises(UsageError, match="needs the name of who signs"):
        proofs.add_signature(home, edition, Path(approver.private_key), name)


def test_a_time_stamp_is_kept_and_counted_and_openssl_checks_it_too(
    home: Settings, edition: Edition, authority: Authority, tmp_path: Path
) -> None:
    kept = stamped(home, edition, authority, tmp_path)

    checked = authority.openssl(
        *["ts", "-verify", "-data", edition.path / MANIFEST, "-in", kept.file, "-CAfile", authority.root]
    )
    assert editions.verify(home).stamps == 1
    assert kept.stamped_at.endswith("+08:00")
    assert "OK" in checked or not checked


def test_a_time_stamp_of_something_else_is_refused(
    home: Settings, edition: Edition, authority: Authority, tmp_path: Path
) -> None:
    (tmp_path / "other").write_bytes(b"other")
    authority.openssl("ts", "-query", "-data", tmp_path / "other", "-cert", "-out", tmp_path / "other.tsq")

    with pytest.raises(MinshengError, match="is no time stamp of 2023-12/r1"):
        proofs.accept_stamp(home, edition, authority.answer(tmp_path / "other.tsq"), authority.root)


def test_a_time_stamp_of_another_authority_is_refused(
    home: Settings, edition: Edition, authority: Authority, tmp_path: Path
) -> None:
    (tmp_path / "another").mkdir()
    another = Authority(tmp_path / "another").establish()
    proofs.stamp_request(edition, tmp_path / "asked.tsq")

    with pytest.raises(MinshengError, match="is no time stamp of 2023-12/r1"):
        proofs.accept_stamp(home, edition, authority.answer(tmp_path / "asked.tsq"), another.root)


@pytest.mark.parametrize("suffix", [".tsr", ".pem"])
def test_a_time_stamp_that_lost_a_file_or_was_altered_is_named(
    home: Settings, edition: Edition, authority: Authority, tmp_path: Path, suffix: str
) -> None:
    kept = Path(stamped(home, edition, authority, tmp_path).file).with_suffix(suffix)
    content = kept.read_bytes()
    kept.write_bytes(content[:-40] + bytes(40))

    with pytest.raises(MinshengError, match=f"2023-12/r1.*{kept.stem}|{kept.stem}.*no certificate"):
        editions.verify(home)
    kept.unlink()
    with pytest.raises(MinshengError, match=kept.stem):
        editions.verify(home)


def test_a_stray_file_among_the_proofs_is_named(home: Settings, edition: Edition) -> None:
    proofs_of(edition).mkdir()
    (proofs_of(edition) / "note.txt").write_text("便条", encoding="utf-8")

    with pytest.raises(MinshengError, match=r"note\.txt is no proof of an edition: remove it"):
        editions.verify(home)


def test_the_documented_commands_add_both_proofs_and_prove_them(
    home: Settings,
    authority: Authority,
    approver: KeyPair,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (block,) = re.findall(r"```sh\n(minsheng editions sign.*?)```", PAGE, flags=re.DOTALL)
    script = block.replace("/srv/keys/approver", approver.private_key)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MINSHENG_HOME", str(home.home))
    Path("root.pem").write_bytes(authority.root.read_bytes())
    for name in ("office.pub", "approver.pub"):
        Path(name).write_bytes(Path(approver.public_key).read_bytes())

    statuses = []
    for line in script.splitlines():
        monkeypatch.setattr(sys, "argv", shlex.split(line, comments=True))
        statuses.append(run_command_line())
        if "stamp-request" in line:
            Path("asked.tsr").write_bytes(authority.answer(tmp_path / "asked.tsq").read_bytes())

    assert statuses == [0, 0, 0, 0]
