"""OpenSSH's own tool and ours accept each other's signatures, and nothing else."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from warehouse.errors import MinshengError, UsageError
from warehouse.signing import KeyPair, SignatureFault, check, make_keys, public_key_of, read_private_key, sign

SPACE = "minsheng-edition"
CONTENT = "清单".encode()


@pytest.fixture
def pair(tmp_path: Path) -> KeyPair:
    return make_keys(tmp_path / "office", "office@example", tmp_path / "home", SPACE)


def key_of(pair: KeyPair) -> Ed25519PrivateKey:
    return read_private_key(Path(pair.private_key))


def test_ssh_keygen_accepts_ours(pair: KeyPair, tmp_path: Path) -> None:
    (tmp_path / "allowed_signers").write_text(pair.allowed_signers + "\n")
    (tmp_path / "content.sig").write_text(sign(CONTENT, SPACE, key_of(pair)))
    verify = ["ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "office@example", "-n", SPACE]

    done = subprocess.run(
        [*verify, "-s", "content.sig"], cwd=tmp_path, input=CONTENT, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert b'Good "minsheng-edition" signature for office@example' in done.stdout


def test_ours_accepts_that_of_ssh_keygen(pair: KeyPair, tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(CONTENT)
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", pair.private_key, "-n", SPACE, tmp_path / "content"],
        check=True,
        capture_output=True,
    )

    check((tmp_path / "content.sig").read_text(), CONTENT, SPACE, public_key_of(Path(pair.public_key)))


def test_the_same_content_has_the_same_signature(pair: KeyPair) -> None:
    assert sign(CONTENT, SPACE, key_of(pair)) == sign(CONTENT, SPACE, key_of(pair))


def test_other_content_another_purpose_and_another_key_are_told(pair: KeyPair, tmp_path: Path) -> None:
    other = make_keys(tmp_path / "other", "other", tmp_path / "home", SPACE)
    signature = sign(CONTENT, SPACE, key_of(pair))

    with pytest.raises(SignatureFault, match="not of this content"):
        check(signature, b"other", SPACE)
    with pytest.raises(SignatureFault, match="for something else"):
        check(signature, CONTENT, "file")
    with pytest.raises(SignatureFault, match="another key"):
        check(signature, CONTENT, SPACE, public_key_of(Path(other.public_key)))


def test_no_byte_of_a_signature_can_change(pair: KeyPair) -> None:
    signature = sign(CONTENT, SPACE, key_of(pair))
    begin, *lines, end = signature.strip().split("\n")
    blob = base64.b64decode("".join(lines))
    for place in range(len(blob)):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        armored = "\n".join([begin, base64.b64encode(changed).decode(), end])
        with pytest.raises(SignatureFault):
            check(armored, CONTENT, SPACE, key_of(pair).public_key())


@pytest.mark.parametrize(
    "text", ["", "no signature", "-----BEGIN SSH SIGNATURE-----\n%\n-----END SSH SIGNATURE-----"]
)
def test_what_is_no_signature_is_told(text: str) -> None:
    with pytest.raises(SignatureFault):
        check(text, CONTENT, SPACE)


def test_a_key_is_its_owners_alone_and_never_in_the_home(pair: KeyPair, tmp_path: Path) -> None:
    assert Path(pair.private_key).stat().st_mode & 0o777 == 0o600
    with pytest.raises(UsageError, match="lies in the home"):
        make_keys(tmp_path / "home" / "key", "office", tmp_path / "home", SPACE)
    with pytest.raises(MinshengError, match="already"):
        make_keys(Path(pair.private_key), "office", tmp_path / "home", SPACE)
    with pytest.raises(UsageError, match="name"):
        make_keys(tmp_path / "second", "two words", tmp_path / "home", SPACE)


def test_a_key_that_others_may_read_signs_nothing(pair: KeyPair) -> None:
    Path(pair.private_key).chmod(0o644)

    with pytest.raises(MinshengError, match="Others may read the signing key"):
        key_of(pair)


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN OPENSSH PRIVATE KEY-----\n"])
def test_what_is_no_key_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)

    with pytest.raises(MinshengError, match="cannot be read"):
        read_private_key(tmp_path / "key")
    with pytest.raises(MinshengError, match="is no public key"):
        public_key_of(tmp_path / "key")
