"""A reference genome (FASTA), read at the places that are asked for.

The bases are read by us, through the index that samtools makes: many places at once, and a damaged
file cannot bring the program down.
"""

import struct
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from everygenome.errors import InputError
from everygenome.sources.variation.accessions import chromosome_of
from everygenome.sources.variation.bcftools import run, whole
from everygenome.sources.variation.builds import Build, build_of, contig

_UPPER = np.frombuffer(bytes(range(256)).upper(), dtype=np.uint8)
# Blocks of bgzip that are kept unpacked, of 64 kB at most each.
_KEPT = 64
_AGAIN = "Take the FASTA anew from its source, plain or packed with bgzip."


@dataclass(frozen=True, slots=True)
class _Sequence:
    length: int
    offset: int
    bases: int
    """Bases in a line."""
    width: int
    """Bytes of a line, with its end."""


class Reference:
    """A FASTA with its index.

    Attributes:
        name: of the file.
        build: by the lengths of its chromosomes; None where they are of neither build.
        lengths: chromosome, without `chr` -> its bases.
    """

    def __init__(self, path: Path, *, work: Path) -> None:
        """Find the index, or make one in `work`.

        Raises:
            InputError: it is no FASTA, or is packed in a way that cannot be read in places.
        """
        self.name = Path(path).name
        self._path = whole(path)
        with self._path.open("rb") as file:
            start = file.read(18)
        packed = start[:2] == b"\x1f\x8b"
        if packed and start[12:14] != b"BC":
            raise InputError(
                f"{self.name} is packed with gzip, which cannot be read in places.",
                remedy="Unpack it, or pack it with bgzip.",
            )
        if not packed and start[:1] != b">":
            raise InputError(f"{self.name} is no FASTA: it does not begin with >.", remedy=_AGAIN)
        index, blocks = self._indexes(work, packed=packed)
        self._sequences = self._read_index(index)
        self.lengths = {one: found.length for one, found in self._sequences.items()}
        self.build: Build | None = None
        try:
            self.build = build_of(self.lengths.items(), name=self.name)
        except InputError:
            # Of a part of a chromosome, say; what is read is checked against REF all the same.
            self.build = None
        self._bytes: NDArray[np.uint8] | None = None
        if packed:
            self._read_blocks(blocks)
        else:
            self._bytes = np.memmap(self._path, dtype=np.uint8, mode="r")
        self._cache: OrderedDict[int, NDArray[np.uint8]] = OrderedDict()

    def at(self, chromosome: str, places: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The bases at places of a chromosome, counted from 0, as capital letters.

        Places outside the chromosome, and all of one that is not there, give N.
        """
        found = self._sequences.get(chromosome)
        bases = np.full(len(places), ord("N"), dtype=np.uint8)
        if found is None:
            return bases
        inside = (places >= 0) & (places < found.length)
        asked = places[inside]
        where = found.offset + asked // found.bases * found.width + asked % found.bases
        bases[inside] = _UPPER[self._raw(where)]
        return bases

    def bases(self, chromosome: str, first: int, last: int) -> str:
        """The bases from one place to another, counted from 1, both included."""
        places = np.arange(first - 1, last, dtype=np.int64)
        return self.at(chromosome, places).tobytes().decode("latin-1")

    def _raw(self, where: NDArray[np.int64]) -> NDArray[np.uint8]:
        if self._bytes is not None:
            if len(where) and where.max() >= len(self._bytes):
                raise InputError(f"{self.name} ends before its index says.", remedy=_AGAIN)
            return np.asarray(self._bytes[where])
        out = np.empty(len(where), dtype=np.uint8)
        block = np.searchsorted(self._starts, where, side="right") - 1
        for one in np.unique(block):
            mine = block == one
            unpacked = self._block(int(one))
            inside = where[mine] - self._starts[one]
            if len(inside) and inside.max() >= len(unpacked):
                raise InputError(f"{self.name} ends before its index says.", remedy=_AGAIN)
            out[mine] = unpacked[inside]
        return out

    def _block(self, number: int) -> NDArray[np.uint8]:
        if number not in self._cache:
            with self._path.open("rb") as file:
                file.seek(int(self._packed_starts[number]))
                data = file.read(1 << 16)
            try:
                text = zlib.decompressobj(wbits=31).decompress(data)
            except zlib.error:
                raise InputError(f"{self.name} is damaged.", remedy=_AGAIN) from None
            self._cache[number] = np.frombuffer(text, dtype=np.uint8)
            if len(self._cache) > _KEPT:
                self._cache.popitem(last=False)
        return self._cache[number]

    def _indexes(self, work: Path, *, packed: bool) -> tuple[Path, Path]:
        beside = Path(f"{self._path}.fai"), Path(f"{self._path}.gzi")
        needed = beside if packed else beside[:1]
        changed = self._path.stat().st_mtime
        if all(one.is_file() and one.stat().st_mtime >= changed for one in needed):
            return beside
        # Not beside the file: it may be somebody else's, and its folder closed to us.
        made = work / "reference.fai", work / "reference.gzi"
        options = ["--fai-idx", str(made[0]), "--gzi-idx", str(made[1])]
        run("faidx", *options, path=self._path, tools="samtools")
        return made

    def _read_index(self, path: Path) -> dict[str, _Sequence]:
        size = self._path.stat().st_size
        found: dict[str, _Sequence] = {}
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            name, *cells = line.split("\t")
            try:
                sequence = _Sequence(*(int(cell) for cell in cells[:4]))
            except (ValueError, TypeError):
                sequence = _Sequence(0, 0, 0, 0)
            if min(sequence.bases, sequence.width) < 1 or (
                not self.name.endswith("gz") and sequence.offset > size
            ):
                raise InputError(
                    f"The index {path.name} does not fit {self.name}.",
                    remedy="Delete the index: another will be made.",
                )
            known = chromosome_of(name)
            found.setdefault(known[0] if known else contig(name), sequence)
        return found

    def _read_blocks(self, path: Path) -> None:
        data = path.read_bytes()
        count = struct.unpack("<Q", data[:8])[0] if len(data) >= 8 else -1
        if len(data) != 8 + 16 * count:
            raise InputError(
                f"The index {path.name} is damaged.",
                remedy="Delete the index: another will be made.",
            )
        pairs = np.frombuffer(data, dtype="<u8", offset=8).astype(np.int64).reshape(-1, 2)
        # The first block is not listed.
        self._packed_starts = np.concatenate([[0], pairs[:, 0]])
        self._starts = np.concatenate([[0], pairs[:, 1]])
