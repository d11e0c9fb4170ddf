"""Keys of those who sign editions: OpenSSH's files, kept outside the home."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_ssh_private_key,
    load_ssh_public_key,
)

from warehouse.clock import now
from warehouse.errors import MinshengError, UsageError

_ANY_OTHER = 0o077


@dataclass(frozen=True)
class KeyPair:
    """A pair of key files, and the line by which others know the key."""

    private_key: str
    public_key: str
    allowed_signers: str
    """The line for `ssh-keygen -Y verify -f allowed_signers`: whose key it is, for what, and since when."""


def make_keys(file: Path, name: str, home: Path, namespace: str) -> KeyPair:
    """Make a key in `file` and its public half in `file.pub`, as `ssh-keygen -t ed25519` does.

    Raises UsageError for a place inside the home, where an account that writes editions could read it, and
    MinshengError where there is a file already.
    """
    if file.resolve().is_relative_to(home.resolve()):
        raise UsageError(f"{file} lies in the home: a key kept there proves nothing; name a place outside it")
    require_name(name)
    public = file.with_name(f"{file.name}.pub")
    if taken := next((path for path in (file, public) if path.exists()), None):
        raise MinshengError(f"There is a file {taken} already: name one that does not exist yet")
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
    written = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    public.write_text(f"{written} {name}\n", encoding="utf-8")
    # ssh-keygen reads the day in its own machine's time zone, where the district's day may not have begun.
    since = now() - timedelta(days=1)
    line = f'{name} namespaces="{namespace}",valid-after="{since:%Y%m%d}" {written}'
    return KeyPair(str(file), str(public), line)


def require_name(name: str) -> None:
    """Raise UsageError for a name of a signer that `allowed_signers`, or a file's name, cannot have."""
    is_unfit = any(character.isspace() or character in '",/' for character in name)
    if not name or is_unfit or name.startswith("."):
        raise UsageError(
            "A signature needs the name of who signs, without blanks, quotes, commas and slashes: --name NAME"
        )


def read_private_key(file: Path) -> Ed25519PrivateKey:
    """Return the key in a file; raises MinshengError where it is not one, or others may read it."""
    try:
        content, mode = file.read_bytes(), file.stat().st_mode
        key = load_ssh_private_key(content, password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise MinshengError(
            f"The signing key {file} cannot be read ({error}): name a key that `minsheng keys` made, without "
            "a passphrase"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise MinshengError(f"The signing key {file} is not an Ed25519 key: make one by `minsheng keys`")
    if mode & _ANY_OTHER:
        raise MinshengError(f"Others may read the signing key {file}: close it (chmod 600 {file})")
    return key


def public_key_of(file: Path) -> Ed25519PublicKey:
    """Return the public key in a file (`….pub`); raises MinshengError where there is none."""
    try:
        key = load_ssh_public_key(file.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise MinshengError(
            f"{file} is no public key ({error}): name the file that ends with .pub"
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise MinshengError(f"{file} is not an Ed25519 key: editions are signed by such a one")
    return key
