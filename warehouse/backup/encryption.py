"""Backups that only the holders of a key can read, in the format of `age` (age-encryption.org/v1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyrage

from warehouse.errors import MinshengError

_MAGIC = b"age-encryption.org/v1"


def recipients_in(file: Path) -> list[Any]:
    """Return the public keys in a file, one a line: `age1…` or `ssh-ed25519 …`, as `age --recipients-file`.

    Raises MinshengError for a file without any, and names the line that is no key.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MinshengError(
            f"The file with the backup's recipients, {file}, cannot be read ({error}): see "
            "MINSHENG_BACKUP_RECIPIENTS"
        ) from error
    keys = [(number, line.strip()) for number, line in enumerate(lines, start=1)]
    recipients = [_recipient(file, number, key) for number, key in keys if key and not key.startswith("#")]
    if not recipients:
        raise MinshengError(
            f"{file} names no recipient: write a public key into it, `age1…` or `ssh-ed25519 …`"
        )
    return recipients


def encrypt(plain: Path, target: Path, recipients: list[Any]) -> None:
    """Write the encrypted form of a file to a new one, for its owner alone."""
    target.touch(mode=0o600, exist_ok=False)
    with plain.open("rb") as reader, target.open("wb") as writer:
        pyrage.encrypt_io(reader, writer, recipients)


def is_encrypted(file: Path) -> bool:
    """Tell whether a file is in age's format."""
    with file.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def decrypt(file: Path, target: Path, identity_file: Path | None) -> None:
    """Write the plain form of an encrypted file to a new one, for its owner alone.

    `identity_file` holds a private key: `AGE-SECRET-KEY-1…` or an OpenSSH key without a passphrase. Raises
    MinshengError without one, for a file that it does not open, and for a damaged file.
    """
    if identity_file is None:
        raise MinshengError(f"{file} is encrypted: name the private key that opens it, --identity FILE")
    identity = _identity(identity_file)
    target.touch(mode=0o600, exist_ok=False)
    try:
        with file.open("rb") as reader, target.open("wb") as writer:
            pyrage.decrypt_io(reader, writer, [identity])
    except (pyrage.DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # of the disk; the library tells damage by an OSError without a number
        raise MinshengError(
            f"{file} cannot be decrypted with {identity_file} ({error}): use another key, or another backup"
        ) from error


def _recipient(file: Path, number: int, key: str) -> Any:
    kind = pyrage.ssh if key.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise MinshengError(
            f"{file}, line {number}, is no public key ({error}): write `age1…` or `ssh-ed25519 …`"
        ) from error


def _identity(file: Path) -> Any:
    try:
        content = file.read_bytes()
        lines = [line for line in content.splitlines() if line and not line.startswith(b"#")]
        if lines and lines[0].startswith(b"AGE-SECRET-KEY-"):
            return pyrage.x25519.Identity.from_str(lines[0].decode())
        return pyrage.ssh.Identity.from_buffer(content)
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise MinshengError(f"{file} is no private key ({error}): name the file that holds one") from error
