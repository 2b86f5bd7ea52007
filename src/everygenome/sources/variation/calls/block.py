"""Rows that are looked at together, and what is wrong with some of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from everygenome.sources.variation.accessions import chromosome_of
from everygenome.sources.variation.builds import CHROMOSOMES, LENGTHS, Build, contig
from everygenome.sources.variation.calls import classes
from everygenome.sources.variation.calls.letters import OTHER, SMALL, letters_of
from everygenome.sources.variation.calls.reference import Reference

_problem_of = lru_cache(maxsize=4096)(classes.problem_of)
_NO_END = np.iinfo(np.int32).max
_BASES = np.frombuffer(b"ACGT", dtype=np.uint8)


@dataclass(slots=True)
class Block:
    """Rows with one alternate allele each.

    Attributes:
        pos: counted from 1.
        ref, alt: alleles; as stated, then in capital letters.
        names: of contigs, as stated; bare: as they are matched; codes: of each row, which of them.
        problems: row -> why it is not compared.
    """

    pos: NDArray[np.int64]
    ref: pa.Array
    alt: pa.Array
    names: list[str]
    codes: NDArray[np.int32]
    bare: list[str] = field(init=False)
    problems: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bare = [_bare(name) for name in self.names]

    def look(self, *, build: Build | None, stated: Mapping[str, int | None]) -> Counter[str]:
        """Find rows that cannot be compared, and put alleles into capital letters.

        Args:
            build: by which the ends of chromosomes are known.
            stated: ends that the file itself states, by its own names.
        """
        counted: Counter[str] = Counter()
        refs, alts = letters_of(self.ref), letters_of(self.alt)
        kinds = np.maximum(refs.kinds(), alts.kinds())
        same = (refs.lengths == alts.lengths) & ((refs.first() | 32) == (alts.first() | 32))
        for row in np.flatnonzero((kinds == OTHER) | same).tolist():
            if problem := _problem_of(self.ref[row].as_py(), self.alt[row].as_py()):
                self.problems[row] = problem
        self._places(refs.lengths, build, stated)
        small = kinds == SMALL
        if small.any():
            counted[classes.LOWER] += int(small.sum())
            self.ref, self.alt = pc.utf8_upper(self.ref), pc.utf8_upper(self.alt)
        for name, rows in zip(self.names, np.bincount(self.codes), strict=True):
            with_chr = name[:3].lower() == "chr"
            counted[classes.WITH_CHR if with_chr else classes.WITHOUT_CHR] += int(rows)
        return counted

    def compare(self, reference: Reference) -> Counter[str]:
        """Find rows whose REF is not what the genome has there."""
        refs = letters_of(self.ref)
        owner = np.repeat(np.arange(len(self.pos)), refs.lengths)
        places = self.pos[owner] - 1 + np.arange(len(owner)) - refs.starts[owner]
        differ = np.zeros(len(self.pos), dtype=bool)
        counted: Counter[str] = Counter()
        for code, one in enumerate(self.bare):
            if one not in reference.lengths:
                counted[classes.NOT_CHECKED] += int((self.codes == code).sum())
                continue
            mine = np.flatnonzero(self.codes[owner] == code)
            there = reference.at(one, places[mine])
            # A genome has other letters where its own makers were not sure.
            sure = np.isin(there, _BASES)
            differ[owner[mine[sure & (there != refs.data[mine])]]] = True
        for row in np.flatnonzero(differ).tolist():
            self.problems.setdefault(row, classes.OTHER_REFERENCE)
        return counted

    def problem_column(self) -> pa.Array:
        """The problem of each row, or none."""
        numbers: dict[str, int] = {}
        codes = np.full(len(self.pos), -1, dtype=np.int32)
        for row, one in self.problems.items():
            codes[row] = numbers.setdefault(one, len(numbers))
        return pa.DictionaryArray.from_arrays(
            pa.array(codes, mask=codes < 0), pa.array(list(numbers), pa.string())
        )

    def _places(
        self, lengths: NDArray[np.int64], build: Build | None, stated: Mapping[str, int | None]
    ) -> None:
        known = LENGTHS[build] if build else {}
        both = zip(self.names, self.bare, strict=True)
        ends = np.array([stated.get(name) or known.get(one) or _NO_END for name, one in both])
        outside = (self.pos < 1) | (self.pos + lengths - 1 > ends[self.codes])
        for row in np.flatnonzero(outside).tolist():
            self.problems.setdefault(row, classes.OUTSIDE)
        strange = np.array([one not in CHROMOSOMES for one in self.bare])
        for row in np.flatnonzero(strange[self.codes]).tolist():
            self.problems[row] = classes.NO_CHROMOSOME


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    known = chromosome_of(name)
    return known[0] if known else contig(name)
