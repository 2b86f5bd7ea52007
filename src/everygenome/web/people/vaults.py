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

# Files on their way in, before they are sealed; what a crash leaves of them is swept.
INCOMING = "incoming"
_NAME = re.compile(r"[0-9a-f]{32}")
# Backup programs that know this mark leave the folder out: https://bford.info/cachedir/
_TAG = "CACHEDIR.TAG"
_TAGGED = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Keys of stories, and their index. No backup may hold this folder: a story that is\n"
    "# withdrawn must not come back from one.\n"
)


def apart() -> Path:
    """The folder that no backup may hold; made where there is none.

    Raises:
        StoreError: it cannot be made.
    """
    path = Path(conf.settings.APART)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        (path / INCOMING).mkdir(mode=0o700, exist_ok=True)
        if not (path / _TAG).exists():
            (path / _TAG).write_text(_TAGGED)
    except OSError as error:
        raise StoreError(
            f"The keys of stories cannot be kept in {path}: {error.strerror}.",
            remedy="Make the folder writable, or name another in EVERYGENOME_APART.",
        ) from error
    return path


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
        StoreError: the vault's key is gone.
    """
    key = _key(vault)
    if key is None:
        raise StoreError("The key of this story is gone: it was withdrawn, and takes nothing more.")
    return Fernet(key).encrypt(data)


def unseal(vault: str, sealed: bytes) -> bytes | None:
    """The data; None where the key is gone or the bytes were changed."""
    key = _key(vault)
    if key is None:
        return None
    try:
        return Fernet(key).decrypt(bytes(sealed))
    except InvalidToken:
        return None


def is_open(vault: str) -> bool:
    """Whether the vault's key is still there."""
    return bool(vault) and _key(vault) is not None


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
    """
    if not _NAME.fullmatch(vault):
        return
    path = _path(vault)
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _settled(path.parent)
    shutil.rmtree(folder(vault), ignore_errors=True)


def _settled(path: Path) -> None:
    """What was removed from a folder stays removed, also when the power fails."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def known() -> Iterator[tuple[str, float]]:
    """The vaults that have a key, each with the time at which it was made."""
    keys = apart() / "keys"
    for path in sorted(keys.iterdir()) if keys.is_dir() else ():
        if _NAME.fullmatch(path.name):
            yield path.name, path.stat().st_mtime


def _path(vault: str) -> Path:
    return apart() / "keys" / vault


def _key(vault: str) -> bytes | None:
    if not _NAME.fullmatch(vault):
        return None
    try:
        return _path(vault).read_bytes()
    except FileNotFoundError:
        return None
