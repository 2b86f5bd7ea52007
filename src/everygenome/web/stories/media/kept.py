"""Files of a story, sealed under its key in pieces, so that any part is read without the rest.

Each piece says within its seal whose it is, where it stands and how long the whole is. So a piece
that was put elsewhere, or a file that was cut short, does not open.
"""

import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from typing import BinaryIO

from everygenome.errors import StoreError
from everygenome.web.people import vaults
from everygenome.web.stories.media.cleaning import Cleaned

PIECE = 1024**2  # bytes
_NAME = re.compile(r"[0-9a-f]{16}")
_PLACE = 8 + 8 + 8  # bytes: the file's name, the number of the piece, the length of the whole


def keep(vault: str, cleaned: Cleaned) -> str:
    """Seal a clean file in its story's vault; the name under which it is found again.

    Raises:
        StoreError: the vault's key is gone, or there is no room.
    """
    name, folder = secrets.token_hex(8), vaults.folder(vault)
    part = folder / f"{name}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as sealed, cleaned.path.open("rb") as plain:
            _write(vault, name, plain, sealed)
        part.rename(folder / name)
    except OSError as error:
        raise StoreError(
            f"A file of a story cannot be kept in {folder}: {error.strerror}.",
            remedy="Check that there is room, and that the folder is writable.",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return name


def read(vault: str, name: str, start: int = 0, stop: int | None = None) -> bytes | None:
    """A part of a file, opened.

    Args:
        vault: the story's vault.
        name: what `keep` returned.
        start: the first byte, from 0.
        stop: the byte after the last, as in slices; the end of the file where it is not said.

    Returns:
        The bytes; None where the file or its key is gone, or where it was changed.
    """
    if not _NAME.fullmatch(name):
        return None
    try:
        with (vaults.folder(vault) / name).open("rb") as file:
            return _read(vault, name, file, start, stop)
    except (OSError, StoreError):
        return None


def remove(vault: str, name: str) -> None:
    """Take a file out of its vault, if it is there.

    Raises:
        StoreError: it cannot be taken out.
    """
    if not _NAME.fullmatch(name):
        return
    path = vaults.folder(vault) / name
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"A file of a story cannot be removed from {path.parent}: {error.strerror}.",
            remedy="Make the folder writable, and remove the file.",
        ) from error


def _write(vault: str, name: str, plain: BinaryIO, sealed: BinaryIO) -> None:
    size = os.fstat(plain.fileno()).st_size
    for number in range(_pieces(size)):
        data = _place(name, number, size) + plain.read(PIECE)
        # Fernet writes its bytes as letters; as bytes they take a quarter less room.
        sealed.write(urlsafe_b64decode(vaults.seal(vault, data)))
    sealed.flush()
    os.fsync(sealed.fileno())


def _read(vault: str, name: str, file: BinaryIO, start: int, stop: int | None) -> bytes | None:
    there = os.fstat(file.fileno()).st_size
    first = min(start // PIECE, max(0, there - 1) // _sealed(PIECE))
    opened = _piece(vault, name, file, first)
    if opened is None:
        return None
    data, size = opened
    pieces = _pieces(size)
    if there != (pieces - 1) * _sealed(PIECE) + _sealed(size - (pieces - 1) * PIECE):
        return None  # the seal tells of more, or of less, than is there
    end = size if stop is None else min(stop, size)
    parts = [data]
    for number in range(first + 1, _pieces(end)):
        opened = _piece(vault, name, file, number)
        if opened is None or opened[1] != size:
            return None
        parts.append(opened[0])
    return b"".join(parts)[max(0, start - first * PIECE) : max(0, end - first * PIECE)]


def _piece(vault: str, name: str, file: BinaryIO, number: int) -> tuple[bytes, int] | None:
    """A piece of the file, and how long the whole is; None where it is not this piece."""
    file.seek(number * _sealed(PIECE))
    data = vaults.unseal(vault, urlsafe_b64encode(file.read(_sealed(PIECE))))
    if data is None:
        return None
    size = int.from_bytes(data[_PLACE - 8 : _PLACE], "big")
    return (data[_PLACE:], size) if data[:_PLACE] == _place(name, number, size) else None


def _sealed(size: int) -> int:
    """How many bytes a piece of so many has when it is sealed: Fernet's form, in blocks of 16."""
    return 1 + 8 + 16 + ((_PLACE + size) // 16 + 1) * 16 + 32


def _place(name: str, number: int, size: int) -> bytes:
    return bytes.fromhex(name) + number.to_bytes(8, "big") + size.to_bytes(8, "big")


def _pieces(size: int) -> int:
    """Of how many pieces a file of this length is made: at least one, which says its length."""
    return max(1, -(-size // PIECE))
