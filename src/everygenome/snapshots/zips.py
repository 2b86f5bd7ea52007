"""Expanding zip files: every member is checked before its bytes are."""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from everygenome.errors import InputError
from everygenome.snapshots.expansion import BLOCK, Budget, damaged
from everygenome.snapshots.files import writing

_MOST_MEMBERS: Final = 1000
_ENCRYPTED: Final = 0x1
# All that the zipfile module is known to raise on hostile or damaged bytes.
_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # also NotImplementedError
    ValueError,  # also UnicodeDecodeError
    OverflowError,
)


def unzip(path: Path, folder: Path, *, budget: Budget) -> Iterator[tuple[str, Path]]:
    """Expands the files of a zip archive into one flat folder.

    Yields:
        For each file its name in the archive and where its bytes are, in the archive's order.

    Raises:
        InputError: damaged, nothing in it, or a member that is refused; nothing is yielded
            before every member's name and kind has been checked.
        StoreError: the folder cannot be written.

    Source: PKWARE APPNOTE 6.3.10.
    """
    try:
        archive = zipfile.ZipFile(path)
    except _FAULTS as fault:
        raise damaged(
            path, position=path.stat().st_size, found=f"no usable table of contents ({fault})"
        ) from fault
    with archive:
        for info, name in _checked(archive.infolist(), path=path):
            yield info.filename, _extract(archive, info, folder / name, path=path, budget=budget)


def safe_name(name: str, *, path: Path) -> str:
    """The name under which a member may be written: its last part.

    Raises:
        InputError: an absolute name, one with `..`, or one that no file can have.

    Example:
        >>> safe_name("gwas/r2025/studies.tsv", path=Path("a.zip"))
        'studies.tsv'
    """
    parts = re.split(r"[/\\]", name)
    last = parts[-1]
    absolute = parts[0] == "" or re.match(r"[A-Za-z]:", name) is not None
    usable = last not in ("", ".") and last.isprintable() and len(last.encode()) <= 255
    if absolute or ".." in parts or not usable:
        raise _refused(path, name, "has a name that does not stay in its folder")
    return last


def _checked(infos: list[zipfile.ZipInfo], *, path: Path) -> list[tuple[zipfile.ZipInfo, str]]:
    if len(infos) > _MOST_MEMBERS:
        raise InputError(
            f"{path} holds {len(infos):,} members; at most {_MOST_MEMBERS:,} are read.",
            remedy="Check that it is the right file.",
        )
    chosen: dict[str, tuple[zipfile.ZipInfo, str]] = {}
    for info in infos:
        _check_kind(info, path=path)
        # macOS adds a shadow file to each file that it packs; it holds no data of the source.
        if info.is_dir() or info.filename.startswith("__MACOSX/"):
            continue
        name = safe_name(info.filename, path=path)
        # Some file systems do not tell A from a.
        if name.casefold() in chosen:
            raise _refused(path, info.filename, "has the same name as another member")
        chosen[name.casefold()] = info, name
    if not chosen:
        raise InputError(f"{path} is a zip file with no file in it.", remedy="Fetch it again.")
    return list(chosen.values())


def _check_kind(info: zipfile.ZipInfo, *, path: Path) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refused(path, info.filename, "is a link or a device, not a file")
    if info.flag_bits & _ENCRYPTED:
        raise _refused(path, info.filename, "needs a password")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refused(path, info.filename, f"is packed by method {info.compress_type}")


def _refused(path: Path, name: str, why: str) -> InputError:
    return InputError(
        f"{path}: member {name!r} {why}.", remedy="Unpack it yourself, and give the plain file."
    )


def _extract(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, *, path: Path, budget: Budget
) -> Path:
    before = budget.spent
    try:
        with archive.open(info) as packed:
            with writing(target):
                plain = target.open("wb")
            try:
                while block := packed.read(BLOCK):
                    budget.spend(len(block))
                    with writing(target):
                        plain.write(block)
            finally:
                with writing(target):
                    plain.close()
    except _FAULTS as fault:
        raise damaged(
            path,
            position=info.header_offset,
            found=f"member {info.filename!r} breaks off after {budget.spent - before:,} plain "
            f"bytes ({fault})",
        ) from fault
    if budget.spent - before != info.file_size:
        raise damaged(
            path, position=info.header_offset, found=f"member {info.filename!r} is incomplete"
        )
    return target
