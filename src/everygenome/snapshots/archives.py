"""From a file as it was served to plain files: what it is is decided by its content.

A plain file stays where it is. Gzip and zip are expanded into a working folder, one level deep;
anything that could write elsewhere, hide, or fill the disk is refused.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from everygenome.errors import InputError
from everygenome.snapshots.expansion import Budget, gunzip
from everygenome.snapshots.files import writing
from everygenome.snapshots.zips import unzip

_GZIP: Final = b"\x1f\x8b\x08"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHERS: Final = {
    "bzip2": re.compile(rb"BZh[1-9]1AY&SY"),
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "Zstandard": re.compile(rb"\x28\xb5\x2f\xfd"),
    "7-Zip": re.compile(rb"7z\xbc\xaf\x27\x1c"),
    "RAR": re.compile(rb"Rar!\x1a\x07"),
}


@dataclass(frozen=True, kw_only=True)
class Member:
    """One plain file.

    Args:
        name: its name in the archive; for gzip the file's name without `.gz`.
        path: where its plain bytes are.
        original: the file as it was served.
    """

    name: str
    path: Path
    original: Path


def open_plain(path: Path, work: Path, *, limit_bytes: int) -> list[Member]:
    """The plain files in a file: itself, or what it holds.

    Args:
        path: a plain file, gzip (also of several parts) or zip, whatever its name says.
        work: where expanded files go, in the folder `<file name>.expanded`, replaced if there.
        limit_bytes: most bytes that all expanded files may have together.

    Returns:
        One member for a plain or gzip file; for zip one per file, in the archive's order.

    Raises:
        InputError: empty, truncated or damaged (with the byte position), another kind of archive,
            an archive in an archive, a member name that points elsewhere or occurs twice, a link,
            a password, or more bytes than the limit.
        StoreError: the working folder cannot be written.

    Example:
        >>> import gzip, tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> _ = (folder / "a.tsv.gz").write_bytes(gzip.compress(b"STUDY"))
        >>> [only] = open_plain(folder / "a.tsv.gz", folder, limit_bytes=1000)
        >>> only.name, only.path.read_bytes()
        ('a.tsv', b'STUDY')
    """
    head = _head(path)
    kind = _kind(head)
    if kind is None:
        return [Member(name=path.name, path=path, original=path)]
    if kind not in ("gzip", "zip"):
        raise InputError(
            f"{path} is a {kind} archive, which is not read here.",
            remedy="Unpack it, and give the unpacked file.",
        )
    folder = work / f"{path.name}.expanded"
    with writing(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    try:
        members = list(_expanded(path, folder, kind=kind, limit_bytes=limit_bytes))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return members


def _expanded(path: Path, folder: Path, *, kind: str, limit_bytes: int) -> Iterator[Member]:
    budget = Budget(path, limit_bytes=limit_bytes)
    if kind == "gzip":
        name = re.sub(r"\.gz(ip)?$", "", path.name, flags=re.I) or path.name
        found = iter([(name, gunzip(path, folder / name, budget=budget))])
    else:
        found = unzip(path, folder, budget=budget)
    for name, expanded in found:
        inner = _kind(_head(expanded, may_be_empty=True))
        if inner is not None:
            raise InputError(
                f"{path} holds {name}, which is a {inner} archive itself.",
                remedy="Unpack the inner archive, and give the unpacked file.",
            )
        yield Member(name=name, path=expanded, original=path)


def _kind(head: bytes) -> str | None:
    if head.startswith(_GZIP):
        return "gzip"
    if head.startswith(_ZIP):
        return "zip"
    return next((kind for kind, mark in _OTHERS.items() if mark.match(head)), None)


def _head(path: Path, *, may_be_empty: bool = False) -> bytes:
    try:
        with path.open("rb") as handle:
            head = handle.read(16)
    except OSError as fault:
        raise InputError(
            f"Cannot read {path}: {fault.strerror or fault}.",
            remedy="Check the name and that you may read it.",
        ) from fault
    if not head and not may_be_empty:
        raise InputError(f"{path} is empty (0 bytes).", remedy="Fetch or copy it again.")
    return head
