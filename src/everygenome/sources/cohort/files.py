"""What kind of file somebody named, and its bytes."""

import errno
import gzip
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, cast

from everygenome.errors import InputError, StoreError


class Packing(StrEnum):
    """How the table is packed, by the first bytes of the file and not by its name."""

    PLAIN = "plain text"
    GZIP = "gzip"
    PARQUET = "Parquet"


@dataclass(frozen=True, slots=True)
class CohortFile:
    """A file that can be opened: where it is, what messages call it, and how it is packed."""

    path: Path
    name: str
    packing: Packing


# Files that people name by mistake, by their first bytes.
_MISTAKEN = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ": "compressed with xz",
    b"\x28\xb5\x2f\xfd": "compressed with Zstandard",
    b"$FL2": "an SPSS file",
    b"<stata_dta>": "a Stata file",
    b"%PDF": "a PDF",
}


def find(path: Path) -> CohortFile:
    """Look at what a path names, without reading more than its first bytes.

    Raises:
        InputError: nothing is there, it is no regular file, it may not be read, it is empty,
            or it begins as a file of a kind that is not read.
    """
    name = path.name or str(path)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
            raise InputError(f"{name} is {kind}.", remedy="Name the file that holds the rows.")
        with path.open("rb") as file:
            start = file.read(16)
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    if not start:
        raise InputError(f"{name} is empty.", remedy="Export it again, or name another file.")
    for magic, kind in _MISTAKEN.items():
        if start.startswith(magic):
            raise InputError(
                f"{name} is {kind}.",
                remedy="Save it as CSV (UTF-8), plain or with gzip, or as Parquet.",
            )
    if start.startswith(b"PAR1"):
        return CohortFile(path, name, Packing.PARQUET)
    packing = Packing.GZIP if start.startswith(b"\x1f\x8b") else Packing.PLAIN
    return CohortFile(path, name, packing)


@contextmanager
def opened_bytes(file: CohortFile) -> Iterator[IO[bytes]]:
    """The bytes of the text, unpacked.

    Raises:
        InputError: it may not be read, or its gzip is damaged.
        StoreError: there is no room for what is made of it meanwhile.
    """
    try:
        if file.packing is Packing.GZIP:
            with gzip.open(file.path) as stream:
                yield cast("IO[bytes]", stream)
        else:
            with file.path.open("rb") as plain:
                yield plain
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(
            f"{file.name} is damaged: its gzip ends early, or does not fit its check sum.",
            remedy="Copy or export the file again; `gzip -t` checks it.",
        ) from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            # What is read here can be written once more in another encoding.
            raise StoreError(
                f"There is no room for a copy of {file.name} in the temporary folder.",
                remedy="Make room, or name another folder for temporary files in TMPDIR.",
            ) from None
        raise _unreadable(file.name, error) from None


def _unreadable(name: str, error: OSError | ValueError) -> InputError:
    reason = error.strerror if isinstance(error, OSError) else "the name is no file name"
    return InputError(
        f"{name} cannot be read: {reason or 'the system gives no reason'}.",
        remedy="Check the path and its permissions.",
    )
