"""Columns of alleles as arrays of letters, so that millions are looked at together."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

BASE, SMALL, OTHER = 0, 1, 2
_KINDS = np.full(256, OTHER, dtype=np.uint8)
_KINDS[np.frombuffer(b"ACGT", dtype=np.uint8)] = BASE
_KINDS[np.frombuffer(b"acgt", dtype=np.uint8)] = SMALL


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a column of texts, none of them missing.

    Attributes:
        data: all letters, one text after the other (bytes of UTF-8).
        starts: where each text begins; one more than texts.
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many letters each text has."""
        return np.diff(self.starts)

    def first(self) -> NDArray[np.uint8]:
        """The first letter of each text; 0 of an empty one."""
        return self._at(self.starts[:-1])

    def last(self) -> NDArray[np.uint8]:
        """The last letter of each text; 0 of an empty one."""
        return self._at(self.starts[1:] - 1)

    def kinds(self) -> NDArray[np.uint8]:
        """Of each text, the worst of its letters: BASE, SMALL or OTHER; an empty one is OTHER."""
        count = len(self.starts) - 1
        found = np.zeros(count, dtype=np.uint8)
        kinds = _KINDS[self.data]
        strange = np.flatnonzero(kinds)
        if len(strange):
            owner = np.searchsorted(self.starts, strange, side="right") - 1
            np.maximum.at(found, owner, kinds[strange])
        found[self.lengths == 0] = OTHER
        return found

    def _at(self, where: NDArray[np.int64]) -> NDArray[np.uint8]:
        if not len(self.data):
            return np.zeros(len(where), dtype=np.uint8)
        letters = self.data[np.clip(where, 0, len(self.data) - 1)]
        letters[self.lengths == 0] = 0
        return letters


def letters_of(column: pa.ChunkedArray | pa.Array) -> Letters:
    """The letters of a column.

    Example:
        >>> found = letters_of(pa.array(["AC", "g"]))
        >>> found.lengths.tolist(), found.last().tobytes(), found.kinds().tolist()
        ([2, 1], b'Cg', [0, 1])
    """
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks)
    _, offsets, data = column.buffers()
    if not len(column) or data is None:
        return Letters(np.empty(0, np.uint8), np.zeros(len(column) + 1, np.int64))
    starts = np.frombuffer(offsets, dtype=np.int32, count=len(column) + 1, offset=column.offset * 4)
    begin, end = int(starts[0]), int(starts[-1])
    return Letters(
        np.frombuffer(data, dtype=np.uint8, count=end - begin, offset=begin),
        starts.astype(np.int64) - begin,
    )
