"""Sealing: what may be read by this site alone is encrypted, with keys kept beside no backup.

The keys are in EVERYGENOME_CONTACT_KEYS, or made once in a file that only its owner can read. The
first key seals; all of them open, so that a new key can be put in front of an old one.
"""

import os
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django import conf

from everygenome.errors import StoreError

KEYS = "contact-keys"


def seal(text: str) -> bytes:
    """A text, encrypted and authenticated (Fernet)."""
    return _keys().encrypt(text.encode())


def unseal(sealed: bytes) -> str | None:
    """The text; None where its key is gone or the bytes were changed."""
    try:
        return _keys().decrypt(bytes(sealed)).decode()
    except InvalidToken:
        return None


def reseal(sealed: bytes) -> bytes | None:
    """The same, encrypted with the first key; None where no key opens it."""
    try:
        return _keys().rotate(bytes(sealed))
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    return _read(conf.settings.CONTACT_KEYS, Path(conf.settings.STORE) / "web" / KEYS)


@cache
def _read(given: str, path: Path) -> MultiFernet:
    try:
        text = given or _kept(path)
        return MultiFernet([Fernet(key.strip()) for key in text.split(",") if key.strip()])
    except OSError as error:
        raise StoreError(
            f"The keys of contact details cannot be kept in {path}: {error.strerror}.",
            remedy="Make the folder writable, or set EVERYGENOME_CONTACT_KEYS.",
        ) from error
    except ValueError as error:
        # Not the error's own words: they may repeat a key.
        raise StoreError(
            "The keys of contact details cannot be read: each is 32 bytes as URL-safe base64.",
            remedy=f"Mend {path} from your safe copy, or EVERYGENOME_CONTACT_KEYS.",
        ) from error


def _kept(path: Path) -> str:
    """The keys in the file; made, whole or not at all, where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        made = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
        try:
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text("ascii")
