"""Rows as they were handed in, before anything is made of them."""

import pyarrow as pa

RAW = pa.schema(
    [
        # The number of the record in a VCF; the line of a list.
        ("record", pa.int64()),
        ("name", pa.string()),
        ("chrom", pa.string()),
        ("pos", pa.int64()),
        ("ref", pa.string()),
        # Several, with commas, where a record has several.
        ("alt", pa.string()),
        ("gene", pa.string()),
        # How many genes are named there.
        ("genes", pa.int32()),
        ("hgvs_c", pa.string()),
    ]
)


def nulls(rows: int, column: str) -> pa.Array:
    """A column of which nothing is stated."""
    return pa.nulls(rows, RAW.field(column).type)
