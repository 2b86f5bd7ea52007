"""What somebody handed in: which kind of file it is, by its first bytes and not by its name."""

import codecs
import errno
import shutil
import stat
import sys
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from everygenome.errors import InputError, StoreError

STANDARD_INPUT = "-"
_LOOKED_AT = 1 << 16


class Kind(StrEnum):
    """How variants are written."""

    VCF = "VCF"
    BCF = "BCF"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that can be read: where it is, what messages call it, and how it is written."""

    path: Path
    name: str
    kind: Kind
    crlf: bool
    packed: bool


# Files that people name by mistake, by their first bytes, unpacked or not.
_MISTAKEN = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ": "packed with xz",
    b"\x28\xb5\x2f\xfd": "packed with Zstandard",
    b"%PDF": "a PDF",
    b"CRAM": "a CRAM file of reads",
    b"BAM\x01": "a BAM file of reads",
    b"TBI\x01": "an index, not the file itself",
    b"CSI\x01": "an index, not the file itself",
    b"PAR1": "a Parquet file",
    codecs.BOM_UTF16_LE: "text in UTF-16",
    codecs.BOM_UTF16_BE: "text in UTF-16",
}
_NAMED_VCF = (".vcf", ".vcf.gz", ".vcf.bgz", ".bcf")


def handed(path: Path, *, work: Path) -> Handed:
    """Look at what was handed in; a stream is copied into `work` first.

    Args:
        path: a file, a pipe, or `-` for standard input.
        work: a private folder.

    Raises:
        InputError: nothing is there, or it is of a kind that is not read.
        StoreError: there is no room for the copy of a stream.
    """
    name = "standard input" if str(path) == STANDARD_INPUT else path.name or str(path)
    try:
        if str(path) == STANDARD_INPUT:
            path = _copied(sys.stdin.buffer, work, name)
        else:
            mode = path.stat().st_mode
            if stat.S_ISFIFO(mode):
                with path.open("rb") as stream:
                    path = _copied(stream, work, name)
            elif not stat.S_ISREG(mode):
                kind = "a folder" if stat.S_ISDIR(mode) else "no regular file"
                raise InputError(f"{name} is {kind}.", remedy="Name the file with the variants.")
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name is no file name"
        raise InputError(
            f"{name} cannot be read: {reason or 'the system gives no reason'}.",
            remedy="Check the path and its permissions.",
        ) from None
    packed = start.startswith(b"\x1f\x8b")
    text = _unpacked(start, name) if packed else start
    kind = _kind(text, name)
    return Handed(path, name, kind, kind is not Kind.BCF and b"\r\n" in text, packed)


def _copied(stream: IO[bytes], work: Path, name: str) -> Path:
    copy = work / "handed-in"
    try:
        with copy.open("wb") as out:
            shutil.copyfileobj(stream, out, 1 << 20)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError(
                f"There is no room for a copy of {name} in the temporary folder.",
                remedy="Make room, or name another folder for temporary files in TMPDIR.",
            ) from None
        raise
    return copy


def _unpacked(start: bytes, name: str) -> bytes:
    text = b""
    try:
        # bgzip writes many small members: one after the other, as far as they were read.
        while start.startswith(b"\x1f\x8b") and len(text) < _LOOKED_AT:
            member = zlib.decompressobj(wbits=31)
            text += member.decompress(start, _LOOKED_AT)
            start = member.unused_data
    except zlib.error:
        raise InputError(
            f"{name} is damaged: it begins as gzip and cannot be unpacked.",
            remedy="Copy it anew; `gzip -t` checks it.",
        ) from None
    return text


def _kind(text: bytes, name: str) -> Kind:
    if not text:
        raise InputError(
            f"{name} is empty.", remedy="Export it again, or name the file with the variants."
        )
    for magic, what in _MISTAKEN.items():
        if text.startswith(magic):
            raise InputError(
                f"{name} is {what}.",
                remedy="Give a VCF or BCF, or a list as plain text (UTF-8).",
            )
    if text.startswith(b"BCF"):
        return Kind.BCF
    if text.startswith(b"##fileformat=VCF"):
        return Kind.VCF
    first = text.removeprefix(codecs.BOM_UTF8)
    if first.startswith((b"##", b"#CHROM\tPOS\tID")) or name.lower().endswith(_NAMED_VCF):
        found = "it begins with the mark of UTF-8" if first != text else "its first line is not"
        raise InputError(
            f"{name} is no VCF that can be read: {found} ##fileformat=VCFv4.2 or the like."
            if first == text
            else f"{name} is no VCF that can be read: {found}.",
            remedy="A VCF begins with ##fileformat=VCF and has a line #CHROM above its records. "
            "A list of variants should be named .txt, .csv or .tsv.",
        )
    return Kind.LIST
