"""Vaults: each story is sealed under a key of its own, and destroying that key ends the story.

The keys are files of a folder that no backup may hold (`apart`). Whoever restores a backup of the
database therefore gets back what is still wanted, and nothing that was withdrawn since.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django import conf

from everygenome.errors import StoreError
from everygenome.web.people import ending
from everygenome.web.people.apart import apart, beside, settled

_NAME = re.compile(r"[0-9a-f]{32}")
_KEY_LONG = len(Fernet.generate_key())


def made() -> str:
    """Make a vault; its name.

    Raises:
        StoreError: its key cannot be written.
    """
    name = secrets.token_hex(16)
    path = _path(name)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(
            f"A key cannot be written to {path.parent}: {error.strerror}.",
            remedy="Check that there is room, and that the folder is writable.",
        ) from error
    return name


def seal(vault: str, data: bytes) -> bytes:
    """Data, encrypted and authenticated (Fernet) under a vault's key.

    Raises:
        StoreError: the vault's key is gone, or damaged.
    """
    key = _key(vault)
    if key is None:
        raise StoreError("The key of this story is gone: it was withdrawn, and takes nothing more.")
    check(vault)
    return Fernet(key).encrypt(data)


def unseal(vault: str, sealed: bytes) -> bytes | None:
    """The data; None where the key is gone or damaged, or the bytes were changed."""
    key = _key(vault)
    if key is None:
        return None
    try:
        return Fernet(key).decrypt(bytes(sealed))
    except (InvalidToken, ValueError):
        return None


def is_open(vault: str) -> bool:
    """Whether the vault's key is still there, and is not to be destroyed."""
    return bool(vault) and _key(vault) is not None


def opens(vault: str) -> bool:
    """Whether its key is there and can be used.

    What is sealed under one that is damaged is not lost: the key may be brought back.
    """
    return is_open(vault) and _is_key(_key(vault) or b"")


def check(vault: str) -> None:
    """Make sure that a key that is there can be used.

    Raises:
        StoreError: it is damaged.
    """
    if is_open(vault) and not opens(vault):
        raise StoreError(
            "The key of a story is damaged, so nobody can read it.",
            remedy="Bring it back from the disk that the folder of keys is mirrored to.",
        )


def folder(vault: str) -> Path:
    """The folder of a vault's sealed files, such as pictures; it may be backed up.

    Raises:
        StoreError: there can be no such vault.
    """
    if not _NAME.fullmatch(vault):
        raise StoreError("This is no name of a vault.")
    return Path(conf.settings.STORE) / "web" / "sealed" / vault


def destroy(vault: str) -> None:
    """Destroy a vault's key, and its files. There is no way back.

    The file is written over before it is removed: on file systems that write in place nothing of
    the key stays on the disk either.

    Raises:
        OSError: it cannot be destroyed now; it is marked, so that nothing opens it.
    """
    if not _NAME.fullmatch(vault):
        return
    path = _path(vault)
    if path.exists():
        ending.mark(vault)
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        settled(path.parent)
    # Sealed under that key, so nobody could read it any more.
    with suppress(OSError):
        beside(vault).unlink()
    shutil.rmtree(folder(vault), ignore_errors=True)
    ending.done(vault)


def known() -> Iterator[tuple[str, float]]:
    """The vaults that have a key, each with the time at which it was made."""
    keys = apart() / "keys"
    for path in sorted(keys.iterdir()) if keys.is_dir() else ():
        if _NAME.fullmatch(path.name):
            yield path.name, path.stat().st_mtime


def _path(vault: str) -> Path:
    return apart() / "keys" / vault


def _key(vault: str) -> bytes | None:
    """What is in the file of the key; None where the key is gone, or is to go."""
    if not _NAME.fullmatch(vault) or ending.is_marked(vault):
        return None
    try:
        held = _path(vault).read_bytes()
    except FileNotFoundError:
        return None
    # As long as a key, and none: written over, and then the power failed before it was removed.
    return held if _is_key(held) or len(held) != _KEY_LONG else None


def _is_key(held: bytes) -> bool:
    try:
        Fernet(held)
    except ValueError:
        return False
    return True
