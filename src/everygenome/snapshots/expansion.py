"""Expanding compressed bytes without trusting what the archive says about itself."""

import zlib
from pathlib import Path
from typing import BinaryIO, Final

from everygenome.errors import InputError
from everygenome.snapshots.files import writing

BLOCK: Final = 1 << 20
# Fed in slices, because zlib copies whatever follows the end of a gzip part: in a file of very
# many tiny parts, larger slices would be copied over and over.
_SLICE: Final = 1 << 16
# Tables of text shrink 5 to 40 times. Deflate cannot pass 1,032 times, and bombs come close.
_LARGEST_RATIO: Final = 250
_RATIO_COUNTS_FROM: Final = 16 << 20


class Budget:
    """How many bytes an archive may still expand to.

    Args:
        path: the archive; its size on disk is what the ratio is taken of.
        limit_bytes: most expanded bytes, all members together.

    Raises:
        InputError: from `spend`, when the limit or a ratio of 250 is passed.
    """

    def __init__(self, path: Path, *, limit_bytes: int) -> None:
        self._path = path
        self._limit = limit_bytes
        self._by_ratio = max(path.stat().st_size * _LARGEST_RATIO, _RATIO_COUNTS_FROM)
        self.spent = 0

    def spend(self, size: int) -> None:
        """Counts bytes before they are written."""
        self.spent += size
        if self.spent > self._limit:
            raise InputError(
                f"{self._path} expands to more than the limit of {self._limit:,} bytes.",
                remedy="Check that it is the right file, or raise the limit.",
            )
        if self.spent > self._by_ratio:
            raise InputError(
                f"{self._path} expands to more than {_LARGEST_RATIO} times its own size, "
                "as files do that are made to fill a disk.",
                remedy="Check that it is the right file; if it is, unpack it yourself.",
            )


def damaged(path: Path, *, position: int, found: str) -> InputError:
    """The error for an archive that cannot be expanded to its end.

    Example:
        >>> print(damaged(Path("a.gz"), position=1200, found="it ends early"))
        a.gz is damaged at byte 1,200: it ends early. Fetch or copy the file again.
    """
    return InputError(
        f"{path} is damaged at byte {position:,}: {found}.",
        remedy="Fetch or copy the file again.",
    )


def gunzip(path: Path, target: Path, *, budget: Budget) -> Path:
    """Expands a gzip file of one or several parts; checksums and lengths are checked.

    Returns:
        `target`.

    Raises:
        InputError: truncated, a wrong checksum, bytes after the end, or over the budget.
        StoreError: the target cannot be written.

    Source: RFC 1952 (several parts in one file: section 2.2).
    """
    with path.open("rb") as packed:
        with writing(target):
            plain = target.open("wb")
        try:
            _inflate(packed, plain, path=path, target=target, budget=budget)
        finally:
            with writing(target):
                plain.close()
    return target


def _inflate(
    packed: BinaryIO, plain: BinaryIO, *, path: Path, target: Path, budget: Budget
) -> None:
    # zlib checks the checksum and the length at the end of each part (wbits 31: gzip only).
    part = zlib.decompressobj(wbits=31)
    done = 0  # bytes of the packed file that were used up
    inside = True  # in a part, rather than behind the last one
    while block := packed.read(BLOCK):
        for start in range(0, len(block), _SLICE):
            rest = block[start : start + _SLICE]
            while rest:
                if not inside:
                    if not rest.strip(b"\0"):  # tapes and some tools pad with zeros
                        break
                    part, inside = zlib.decompressobj(wbits=31), True
                try:
                    expanded = part.decompress(rest, BLOCK)
                except zlib.error as fault:
                    position = done + start + min(_SLICE, len(block) - start) - len(rest)
                    raise damaged(path, position=position, found=str(fault)) from fault
                budget.spend(len(expanded))
                with writing(target):
                    plain.write(expanded)
                inside = not part.eof
                rest = part.unused_data if part.eof else part.unconsumed_tail
        done += len(block)
    if inside:
        raise damaged(path, position=done, found="the file ends before its last part does")
