"""Lines that bcftools wrote, as a table of the store: quickly, and with care where needed."""

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from everygenome.sources.variation.builds import contig
from everygenome.sources.variation.preparing.careful import split_rows
from everygenome.sources.variation.preparing.columns import Asked, Mark, schema
from everygenome.sources.variation.preparing.trimming import trimmed_rows

_FIRST = ("chrom", "pos", "ref", "alt", "filters")
# Beside letters of bases: several alleles, symbols, and small letters, which are read with care.
_PLAIN = "^[ACGTN]+$"


class Parser:
    """Makes tables out of blocks, and counts what it met.

    Attributes:
        classes: what was met, in words -> rows.
    """

    def __init__(self, fields: tuple[Asked, ...]) -> None:
        self.fields = fields
        self.schema = schema(fields)
        self.classes: Counter[str] = Counter()
        names = [*_FIRST, *(one.column for one in fields)]
        self._read = pa.csv.ReadOptions(column_names=names, block_size=1 << 22)
        self._parse = pa.csv.ParseOptions(delimiter="\t", quote_char=False)
        self._texts = self._converting(pa.string())
        self._numbers = self._converting(pa.int32())

    def table(self, block: bytes) -> pa.Table:
        """One block as rows of the store, one for each alternate allele; `chrom` as in the file.

        Returns:
            The columns of the store, and `chrom`.
        """
        rows = self._quick(block)
        if rows is None:
            rows = self._careful(block)
        return self._finished(rows)

    def _converting(self, numbers: pa.DataType) -> pa.csv.ConvertOptions:
        types = dict.fromkeys((one.column for one in self.fields), numbers)
        return pa.csv.ConvertOptions(
            column_types={**dict.fromkeys(_FIRST, pa.string()), **types, "pos": pa.int32()},
            null_values=["."],
            strings_can_be_null=False,
        )

    def _quick(self, block: bytes) -> pa.Table | None:
        try:
            rows = self._lines(block, self._numbers)
        except pa.ArrowInvalid:
            return None
        if not pc.all(pc.match_substring_regex(rows["alt"], _PLAIN)).as_py():
            return None
        return rows if pc.all(pc.match_substring_regex(rows["ref"], _PLAIN)).as_py() else None

    def _careful(self, block: bytes) -> pa.Table:
        rows = self._lines(block, self._texts)
        plain = pc.and_(
            pc.match_substring_regex(rows["alt"], _PLAIN),
            pc.match_substring_regex(rows["ref"], _PLAIN),
        )
        for one in self.fields:
            plain = pc.and_(plain, pc.match_substring_regex(rows[one.column], r"^(\d{1,9}|\.)$"))
        place = rows.num_columns
        rows = rows.append_column("line", pa.array(np.arange(rows.num_rows)))
        easy = rows.filter(plain)
        for one in self.fields:
            index = easy.schema.get_field_index(one.column)
            texts = pc.if_else(pc.equal(easy[one.column], "."), None, easy[one.column])
            easy = easy.set_column(index, one.column, pc.cast(texts, pa.int32()))
        easy = easy.append_column("marks", pa.array(np.zeros(easy.num_rows), pa.uint8()))
        hard = split_rows(rows.filter(pc.invert(plain)), self.fields, self.classes, easy.schema)
        both = pa.concat_tables([easy, hard]).sort_by([("line", "ascending")])
        return both.remove_column(place)

    def _lines(self, block: bytes, options: pa.csv.ConvertOptions) -> pa.Table:
        return pa.csv.read_csv(
            pa.BufferReader(block),
            read_options=self._read,
            parse_options=self._parse,
            convert_options=options,
        )

    def _finished(self, rows: pa.Table) -> pa.Table:
        marks = (
            rows["marks"].to_numpy().astype(np.uint8)
            if "marks" in rows.column_names
            else np.zeros(rows.num_rows, np.uint8)
        )
        self._check_counts(rows, marks)
        chrom = rows["chrom"].combine_chunks().dictionary_encode()
        names = pa.array([contig(name) for name in chrom.dictionary.to_pylist()], pa.string())
        rows = trimmed_rows(rows, self.classes)
        filters = pc.if_else(
            pc.is_in(rows["filters"], pa.array(["PASS", "."])), "", rows["filters"]
        )
        found = {name: rows[name] for name in rows.column_names}
        found |= {
            "contig": names.take(chrom.indices),
            "filters": filters,
            "marks": pa.array(marks, pa.uint8()),
        }
        table = pa.table({name: found[name] for name in self.schema.names}, schema=self.schema)
        return table.append_column("chrom", chrom)

    def _check_counts(self, rows: pa.Table, marks: np.ndarray) -> None:
        wrong = np.zeros(rows.num_rows, bool)
        for one in self.fields:
            if one.column.startswith("ac_"):
                ac, an = rows[one.column], rows["an_" + one.column[3:]]
                above = pc.fill_null(pc.or_(pc.greater(ac, an), pc.less(ac, 0)), False)
                wrong |= np.asarray(above)
        if wrong.any():
            marks[wrong] |= np.uint8(Mark.CONTRADICTS)
            self.classes["more copies than chromosomes (AC above AN), or a count below 0"] += int(
                wrong.sum()
            )
