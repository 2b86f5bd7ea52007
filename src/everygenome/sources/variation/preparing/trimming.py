"""Alleles of a sites file without the bases that both share, so that they can be matched."""

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from everygenome.sources.variation.normalising import trimmed
from everygenome.sources.variation.preparing.classes import TRIMMED


def trimmed_rows(rows: pa.Table, met: Counter[str]) -> pa.Table:
    """Trim the alleles of a table; only rows that need it are touched.

    Args:
        rows: `pos`, `ref`, `alt` in capital letters; symbols and the like are left as they are.
        met: is added to: how many rows were changed.
    """
    long = pc.and_(
        pc.greater(pc.binary_length(rows["ref"]), 1), pc.greater(pc.binary_length(rows["alt"]), 1)
    )
    plain = pc.match_substring_regex(rows["alt"], "^[ACGT]+$")
    places = np.flatnonzero(np.asarray(pc.and_(long, plain)))
    if not places.size:
        return rows
    columns = {name: rows[name].to_pylist() for name in ("pos", "ref", "alt")}
    changed = 0
    for place in places:
        before = tuple(columns[name][place] for name in columns)
        after = trimmed(*before)
        if after != before:
            changed += 1
            for name, value in zip(columns, after, strict=True):
                columns[name][place] = value
    if changed:
        met[TRIMMED] += changed
        for name, values in columns.items():
            index = rows.schema.get_field_index(name)
            rows = rows.set_column(index, name, pa.array(values, rows.schema.field(name).type))
    return rows
