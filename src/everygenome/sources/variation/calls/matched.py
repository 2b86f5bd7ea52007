"""Rows as they are matched: one alternate allele each, trimmed, and to the left.

Nearly all rows are single letters for which nothing needs to be done: they are found by looking at
all rows together, and only the others are taken one by one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from everygenome.errors import InputError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls import classes
from everygenome.sources.variation.calls.block import Block
from everygenome.sources.variation.calls.letters import letters_of
from everygenome.sources.variation.calls.reference import Reference
from everygenome.sources.variation.normalising import left_aligned, movable, trimmed

# `chrom` to `alt` as in the input; `contig` to `malt` as they are matched; `genes`: how many there
# are at this place, of which `gene` is the first; `problem`: why the row is not compared.
MATCHED = pa.schema(
    [
        ("ordinal", pa.int64()),
        ("record", pa.int64()),
        ("name", pa.string()),
        ("chrom", pa.dictionary(pa.int32(), pa.string())),
        ("pos", pa.int32()),
        ("ref", pa.string()),
        ("alt", pa.string()),
        ("contig", pa.dictionary(pa.int32(), pa.string())),
        ("mpos", pa.int32()),
        ("mref", pa.string()),
        ("malt", pa.string()),
        ("gene", pa.string()),
        ("genes", pa.int32()),
        ("hgvs_c", pa.string()),
        ("problem", pa.dictionary(pa.int32(), pa.string())),
    ]
)
# Letters of REF that are held at once, where records have many alternate alleles.
_MOST_REPEATED = 256 << 20


@dataclass(slots=True)
class Matching:
    """Makes matched rows of raw ones, and counts what it meets.

    Attributes:
        build: by which the ends of chromosomes are known.
        stated: lengths that the header states, by names as in the file.
        reference: the genome, where one was given.
        counted: what was met.
        rows: how many were made.
    """

    build: Build | None
    stated: Mapping[str, int | None]
    reference: Reference | None
    counted: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    def matched(self, raw: pa.Table) -> pa.Table:
        """The matched rows of raw ones, in their order; there is at least one."""
        raw = self._split(raw)
        ref, alt = raw["ref"].combine_chunks(), raw["alt"].combine_chunks()
        chrom = pc.dictionary_encode(raw["chrom"].combine_chunks())
        names, codes = chrom.dictionary.to_pylist(), chrom.indices.to_numpy()
        block = Block(raw["pos"].to_numpy(), ref, alt, names, codes)
        self.counted.update(block.look(build=self.build, stated=self.stated))
        if self.reference is not None:
            self.counted.update(block.compare(self.reference))
        mpos, mref, malt = self._normalised(block)
        self.counted.update(block.problems.values())
        ordinals = np.arange(self.rows, self.rows + len(raw), dtype=np.int64)
        self.rows += len(raw)
        return pa.Table.from_arrays(
            [
                pa.array(ordinals),
                raw["record"],
                raw["name"],
                chrom,
                pa.array(block.pos.astype(np.int32)),
                ref,
                alt,
                pa.DictionaryArray.from_arrays(chrom.indices, pa.array(block.bare, pa.string())),
                pa.array(mpos.astype(np.int32)),
                mref,
                malt,
                raw["gene"],
                raw["genes"],
                raw["hgvs_c"],
                block.problem_column(),
            ],
            schema=MATCHED,
        )

    def _split(self, raw: pa.Table) -> pa.Table:
        alts = raw["alt"].combine_chunks()
        if not (letters_of(alts).data == ord(",")).any():
            return raw
        lists = pc.split_pattern(alts, ",")
        alleles = pc.list_value_length(lists)
        self.counted[classes.SPLIT] += pc.sum(pc.greater(alleles, 1)).as_py()
        repeated = letters_of(raw["ref"]).lengths * alleles.to_numpy()
        if repeated.sum() > _MOST_REPEATED:
            record = raw["record"][int(np.argmax(repeated))].as_py()
            raise InputError(
                f"Record {record:,} has too many long alleles: REF, repeated for each of them, "
                f"has {int(repeated.max()):,} letters.",
                remedy="Split the record, or leave it out.",
            )
        place = raw.schema.get_field_index("alt")
        # Without ALT itself, which would be copied whole for each of its alleles.
        rows = raw.drop_columns(["alt"]).take(pc.list_parent_indices(lists))
        rows = rows.add_column(place, raw.schema.field(place), pc.list_flatten(lists))
        return rows.combine_chunks()

    def _normalised(self, block: Block) -> tuple[NDArray[np.int64], pa.Array, pa.Array]:
        refs, alts = letters_of(block.ref), letters_of(block.alt)
        short = np.minimum(refs.lengths, alts.lengths)
        ends, starts = refs.last() == alts.last(), refs.first() == alts.first()
        # Several bases that may be trimmed; or one against several that may be moved.
        asked = np.where(short > 1, ends | starts, ends & (refs.lengths != alts.lengths))
        asked[list(block.problems)] = False
        rows = np.flatnonzero(asked)
        if not len(rows):
            return block.pos, block.ref, block.alt
        taken = pa.array(rows)
        was = zip(
            block.pos[rows].tolist(),
            block.ref.take(taken).to_pylist(),
            block.alt.take(taken).to_pylist(),
            strict=True,
        )
        contigs = [block.bare[code] for code in block.codes[rows]]
        now = [self._one(*one, name) for one, name in zip(was, contigs, strict=True)]
        pos = block.pos.copy()
        pos[rows] = [one[0] for one in now]
        mask = pa.array(asked)
        mref, malt = (
            pc.replace_with_mask(column, mask, pa.array([one[at] for one in now], pa.string()))
            for column, at in ((block.ref, 1), (block.alt, 2))
        )
        return pos, mref, malt

    def _one(self, pos: int, ref: str, alt: str, chromosome: str) -> tuple[int, str, str]:
        short = trimmed(pos, ref, alt)
        if short != (pos, ref, alt):
            self.counted[classes.TRIMMED] += 1
        if not movable(*short[1:]):
            return short
        reference = self.reference
        if reference is None or chromosome not in reference.lengths:
            self.counted[classes.NOT_LEFT_ALIGNED] += 1
            return short
        moved = left_aligned(*short, lambda first, last: reference.bases(chromosome, first, last))
        self.counted[classes.MOVED] += moved != short
        return moved
