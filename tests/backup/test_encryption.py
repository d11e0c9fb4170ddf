"""Encrypted backups: only the holder of a key restores one, and `age`'s format is kept."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest

from tests.backup.conftest import at, in_a_copy
from warehouse import backup
from warehouse.errors import MinshengError
from warehouse.settings import Settings
from warehouse.signing import make_keys

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two private keys, of age and of OpenSSH, and the file with both public ones."""
    folder = tmp_path_factory.mktemp("keys")
    identity = pyrage.x25519.Identity.generate()
    (folder / "age.key").write_text(f"# made for a test\n{identity}\n", encoding="utf-8")
    pair = make_keys(folder / "ssh.key", "operator", folder / "home", "test")
    public = Path(pair.public_key).read_text(encoding="utf-8")
    (folder / "recipients").write_text(f"# the operators\n{identity.to_public()}\n{public}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def encrypted(published_home: Path, keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encrypted")
    home = in_a_copy(published_home, folder / "home")
    settings = home.model_copy(update={"backup_recipients": keys / "recipients"})
    return Path(backup.backup(settings, folder / "backup.tar.age").file)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    return at(tmp_path / "home")


def test_nothing_readable_is_left_beside_an_encrypted_backup(encrypted: Path) -> None:
    assert encrypted.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert encrypted.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in encrypted.parent.iterdir()} <= {
        "home",
        encrypted.name,
        f".{encrypted.name}.lock",
    }


@pytest.mark.parametrize("key", ["age.key", "ssh.key"])
def test_each_recipient_restores_it_with_the_own_key(
    encrypted: Path, keys: Path, elsewhere: Settings, key: str
) -> None:
    restored = backup.restore(elsewhere, encrypted, keys / key)

    assert restored.holds.editions == 1
    assert {path.name for path in elsewhere.home.parent.iterdir()} <= {"home", ".home.lock"}


def test_without_a_key_it_is_refused_with_what_to_do(encrypted: Path, elsewhere: Settings) -> None:
    with pytest.raises(MinshengError, match=r"is encrypted: name the private key that opens it, --identity"):
        backup.restore(elsewhere, encrypted)


def test_another_key_opens_nothing_and_leaves_nothing(
    encrypted: Path, elsewhere: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "other.key"
    other.write_text(str(pyrage.x25519.Identity.generate()), encoding="utf-8")

    with pytest.raises(MinshengError, match="cannot be decrypted with"):
        backup.restore(elsewhere, encrypted, other)
    assert not elsewhere.home.exists()
    assert not (tmp_path / ".home.decrypted").exists()


def test_a_damaged_one_is_refused(encrypted: Path, keys: Path, elsewhere: Settings, tmp_path: Path) -> None:
    content = bytearray(encrypted.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "damaged").write_bytes(content)

    with pytest.raises(MinshengError, match="cannot be decrypted with"):
        backup.restore(elsewhere, tmp_path / "damaged", keys / "age.key")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "names no recipient"),
        ("# none\n", "names no recipient"),
        ("age1wrong\n", "line 1, is no public key"),
        ("\nssh-ed25519 x\n", "line 2, is no public key"),
    ],
)
def test_a_file_without_proper_recipients_makes_no_backup(
    published_home: Path, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "recipients").write_text(content, encoding="utf-8")
    settings = at(published_home).model_copy(update={"backup_recipients": tmp_path / "recipients"})

    with pytest.raises(MinshengError, match=said):
        backup.backup(settings, tmp_path / "backup.tar")
    assert not (tmp_path / "backup.tar").exists()
