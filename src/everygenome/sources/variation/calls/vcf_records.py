"""Lines of a VCF as they stand, with the places of ALT and INFO in each."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

from everygenome.errors import InputError
from everygenome.sources.variation.bcftools import streamed, whole
from everygenome.sources.variation.streams import ahead, blocks

_TAB, _LINE, _RETURN, _COMMA, _DOT = b"\t\n\r,."


@dataclass(frozen=True, slots=True)
class Records:
    """Records that stand one after the other in a text.

    Attributes:
        text: whole lines.
        starts: where each line begins.
        info: where INFO begins, and where it ends.
        empty: INFO is a single dot.
        alleles: how many alternate alleles there are.
    """

    text: bytes
    starts: NDArray[np.int64]
    info: tuple[NDArray[np.int64], NDArray[np.int64]]
    empty: NDArray[np.bool_]
    alleles: NDArray[np.int64]

    def site(self, record: int) -> tuple[str, int, str, list[str]]:
        """CHROM, POS, REF and the alternate alleles of one record."""
        begin = int(self.starts[record])
        cells = self.text[begin : int(self.info[0][record])].decode("utf-8", "replace").split("\t")
        return cells[0], int(cells[1]), cells[3], cells[4].split(",")


def vcf_texts(path: Path) -> Iterator[bytes]:
    """The text of a VCF or BCF, in pieces of whole lines, read ahead.

    Raises:
        InputError: it is damaged.
    """
    path = whole(path)
    with path.open("rb") as file:
        start = file.read(2)
    packed = start == b"\x1f\x8b"
    try:
        if start == b"BC" or (packed and _is_bcf(path)):
            with (
                streamed("view", "--no-version", "-Ov", path=path) as stream,
                closing(ahead(blocks(stream, name=path.name))) as texts,
            ):
                yield from texts
            return
        with (
            cast("IO[bytes]", gzip.open(path) if packed else path.open("rb")) as stream,
            closing(ahead(blocks(stream, name=path.name))) as texts,
        ):
            yield from texts
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise InputError(f"{path.name} is damaged or cut short.", remedy="Copy it anew.") from None


def records_in(text: bytes, *, name: str, before: int) -> Records:
    """The records of a text of whole lines.

    Args:
        text: lines below the header.
        name: of the file; before: records that stand before these.

    Raises:
        InputError: a line with fewer columns than a record has.
    """
    letters = np.frombuffer(text, dtype=np.uint8)
    ends = np.flatnonzero(letters == _LINE)
    if not text.endswith(b"\n"):
        ends = np.append(ends, len(text))
    starts = np.concatenate([[0], ends[:-1] + 1])
    tabs = np.flatnonzero(letters == _TAB)
    first = np.searchsorted(tabs, starts)
    count = np.searchsorted(tabs, ends) - first
    if (count < 7).any():
        number = before + int(np.argmax(count < 7)) + 1
        raise InputError(
            f"{name}, record {number:,}: fewer than 8 columns.", remedy="Mend or copy the file."
        )
    # Without genotypes, INFO is the last column; a carriage return is no part of it.
    ends = ends - (letters[np.maximum(ends, 1) - 1] == _RETURN)
    tabs = np.append(tabs, len(text))
    info_end = np.where(count > 7, tabs[np.minimum(first + 7, len(tabs) - 1)], ends)
    info_start = tabs[first + 6] + 1
    commas = np.flatnonzero(letters == _COMMA)
    in_alt = [np.searchsorted(commas, tabs[first + column]) for column in (3, 4)]
    dots = letters[np.minimum(info_start, len(text) - 1)] == _DOT
    empty = (info_end == info_start) | ((info_end == info_start + 1) & dots)
    return Records(text, starts, (info_start, info_end), empty, in_alt[1] - in_alt[0] + 1)


def _is_bcf(path: Path) -> bool:
    with gzip.open(path) as file:
        return file.read(3) == b"BCF"
