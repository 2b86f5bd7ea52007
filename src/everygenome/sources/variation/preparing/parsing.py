"""Lines that bcftools wrote, as a table of the store: quickly, and with care where needed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from everygenome.errors import InputError
from everygenome.sources.variation.builds import CHROMOSOMES, Build, contig
from everygenome.sources.variation.preparing import classes
from everygenome.sources.variation.preparing.careful import split_rows
from everygenome.sources.variation.preparing.columns import Asked, Mark, schema
from everygenome.sources.variation.preparing.most import Most, regions_of
from everygenome.sources.variation.preparing.trimming import trimmed_rows

_FIRST = ("chrom", "pos", "ref", "alt", "filters")
# Beside letters of bases: several alleles, symbols, and small letters, which are read with care.
_PLAIN = "^[ACGT]+$"
_BLOCK = 1 << 22
# What stands where bytes are no text: no base, so that the row is marked.
_NO_TEXT = "\N{REPLACEMENT CHARACTER}".encode()


@dataclass(slots=True)
class Parsed:
    """Rows of one chromosome.

    Attributes:
        named: as the file calls it.
        table: the columns of the store, a row for each alternate allele.
        classes: what was met, in words -> rows.
        most: the largest AN, by region and group; copies: all AC that occur.
    """

    named: str
    table: pa.Table
    classes: Counter[str]
    most: Most = field(default_factory=dict)
    copies: set[int] = field(default_factory=set)


class Parser:
    """Makes tables out of lines.

    Args:
        fields: what was asked of each record.
        ends: chromosome, as the file calls it -> its last position, where that is known.
        build: of the positions; name: of the file.
    """

    def __init__(
        self, fields: tuple[Asked, ...], *, ends: Mapping[str, int], build: Build, name: str = ""
    ) -> None:
        self.fields = fields
        self.schema = schema(fields)
        self._ends, self._build, self._name = ends, build, name
        self._names = [*_FIRST, *(one.column for one in fields)]
        self._parse = pa.csv.ParseOptions(
            delimiter="\t", quote_char=False, double_quote=False, ignore_empty_lines=False
        )
        self._texts = self._converting(pa.string())
        self._numbers = self._converting(pa.int32())

    def parsed(self, named: str, lines: bytes) -> Parsed:
        """Lines of one chromosome as rows of the store.

        Raises:
            InputError: a record that does not have the cells that were asked for.
        """
        met: Counter[str] = Counter()
        rows = self._quick(lines)
        if rows is None:
            try:
                rows = self._careful(lines, met)
            except pa.ArrowInvalid:
                first = " ".join(lines[:60].decode("utf-8", errors="replace").split("\t")[:2])
                raise InputError(
                    f"{self._name}: records from {first} on cannot be read.",
                    remedy="Look at them with bcftools view.",
                ) from None
        found = Parsed(named, self._finished(rows, named, met), met)
        self._remember(found)
        return found

    def _converting(self, numbers: pa.DataType) -> pa.csv.ConvertOptions:
        types = dict.fromkeys((one.column for one in self.fields), numbers)
        return pa.csv.ConvertOptions(
            column_types={**dict.fromkeys(_FIRST, pa.string()), **types, "pos": pa.int32()},
            include_columns=self._names[1:],
            null_values=["."],
            strings_can_be_null=False,
        )

    def _quick(self, lines: bytes) -> pa.Table | None:
        try:
            rows = self._read(lines, self._numbers, _BLOCK)
        except pa.ArrowInvalid:
            return None
        if not pc.all(pc.match_substring_regex(rows["alt"], _PLAIN)).as_py():
            return None
        return rows if pc.all(pc.match_substring_regex(rows["ref"], _PLAIN)).as_py() else None

    def _careful(self, lines: bytes, met: Counter[str]) -> pa.Table:
        if b"\r" in lines:
            # Only a BCF holds one here; a parser of CSV would take it for a line's end.
            lines = lines.replace(b"\r", _NO_TEXT)
        try:
            # One line can be longer than the pieces that are read side by side.
            rows = self._read(lines, self._texts, len(lines) + 1)
        except pa.ArrowInvalid:
            text = lines.decode("utf-8", errors="replace").encode()
            rows = self._read(text, self._texts, len(text) + 1)
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
        hard = split_rows(rows.filter(pc.invert(plain)), self.fields, met, easy.schema)
        both = pa.concat_tables([easy, hard]).sort_by([("line", "ascending")])
        return both.remove_column(place)

    def _read(self, lines: bytes, options: pa.csv.ConvertOptions, size: int) -> pa.Table:
        return pa.csv.read_csv(
            pa.BufferReader(lines),
            read_options=pa.csv.ReadOptions(column_names=self._names, block_size=size),
            parse_options=self._parse,
            convert_options=options,
        )

    def _finished(self, rows: pa.Table, named: str, met: Counter[str]) -> pa.Table:
        marks = (
            rows["marks"].to_numpy().astype(np.uint8)
            if "marks" in rows.column_names
            else np.zeros(rows.num_rows, np.uint8)
        )
        for mark, what, wrong in self._looked_at(rows, named):
            if wrong.any():
                marks[wrong] |= np.uint8(mark)
                met[what] += int(wrong.sum())
        bare = contig(named)
        if bare not in CHROMOSOMES:
            met[classes.NO_CHROMOSOME] += rows.num_rows
        rows = trimmed_rows(rows, met)
        filters = pc.if_else(
            pc.is_in(rows["filters"], pa.array(["PASS", "."])), "", rows["filters"]
        )
        found = {name: rows[name] for name in rows.column_names}
        found |= {
            "contig": pa.repeat(pa.scalar(bare, pa.string()), rows.num_rows),
            "filters": filters,
            "marks": pa.array(marks, pa.uint8()),
        }
        return pa.table({name: found[name] for name in self.schema.names}, schema=self.schema)

    def _looked_at(self, rows: pa.Table, named: str) -> Iterator[tuple[int, str, np.ndarray]]:
        wrong = np.zeros(rows.num_rows, bool)
        for one in self.fields:
            column = rows[one.column]
            # Rows are looked at only where there is something to see: it is nearly always not so.
            if (pc.min(column).as_py() or 0) < 0:
                wrong |= _true(pc.less(column, 0))
            if one.column.startswith("ac_"):
                above = pc.greater(column, rows["an_" + one.column[3:]])
                if pc.any(above).as_py():
                    wrong |= _true(above)
        yield Mark.CONTRADICTS, classes.CONTRADICTS, wrong
        yield 0, classes.AN_ZERO, _true(pc.equal(rows["an_all"], 0))
        yield 0, classes.AN_MISSING, _true(pc.is_null(rows["an_all"]))
        yield Mark.NO_BASES, classes.SAME, _true(pc.equal(rows["ref"], rows["alt"]))
        pos = np.asarray(rows["pos"]).astype(np.int64)
        last = pos + np.asarray(pc.binary_length(rows["ref"])) - 1
        end = self._ends.get(named)
        outside = (pos < 1) | (last > end) if end else pos < 1
        yield Mark.OUTSIDE, classes.OUTSIDE, outside

    def _remember(self, found: Parsed) -> None:
        positions = np.asarray(found.table["pos"])
        for region, mask in regions_of(contig(found.named), positions, self._build):
            rows = found.table if mask.all() else found.table.filter(pa.array(mask))
            found.most[region] = {
                one.column.removeprefix("an_"): pc.max(rows[one.column]).as_py() or 0
                for one in self.fields
                if one.column.startswith("an_")
            }
        for one in self.fields:
            if one.column.startswith("ac_"):
                copies = pc.unique(found.table[one.column]).to_pylist()
                found.copies.update(number for number in copies if number is not None)


def _true(values: pa.ChunkedArray) -> np.ndarray:
    """Null is not true."""
    return np.asarray(pc.fill_null(values, False), dtype=bool)
