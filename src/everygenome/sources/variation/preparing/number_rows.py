"""A table of allele numbers, from text to numbers; the first cell that is none is an error."""

import gzip
import re
import zlib
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from everygenome.errors import InputError
from everygenome.sources.variation.feeding.bgzip_end import check_end
from everygenome.sources.variation.streams import ahead, blocks

REMEDY = (
    "Give a table with tabs and the columns chrom, pos and an_all, an_afr and so on; or "
    "the columns locus (chr1:55051215) and AN, as gnomAD publishes it."
)
_BLOCK_BYTES = 4 << 20
_LARGEST = 2**31 - 1
# What stands where a number is not known.
_NOT_KNOWN = ("", ".", "NA")
_LOCUS = re.compile(r"(.+):([0-9]{1,10})")
_NUMBER = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class NumberTable:
    """A table with tabs.

    Attributes:
        path: of the file; columns: in its order, small letters; packed: as gzip or bgzip.
    """

    path: Path
    columns: Sequence[str]
    packed: bool

    def rows(self, taken: Mapping[str, str]) -> Iterator[pa.Table]:
        """`named`, `pos` and numbers, some megabytes at a time; null is "not known".

        Args:
            taken: column that is wanted -> column of the file.

        Raises:
            InputError: a cell that is no number or no place, with its line; or the file is damaged.
        """
        line = 1
        with closing(ahead(_texts(self.path, packed=self.packed))) as texts:
            for place, text in enumerate(texts):
                body = text if place else text.partition(b"\n")[2]
                if body.strip():
                    yield self._table(body, taken, line)
                line += body.count(b"\n")

    def _table(self, text: bytes, taken: Mapping[str, str], line: int) -> pa.Table:
        numbers = dict.fromkeys(taken.values(), pa.int32())
        located = "locus" in self.columns
        places = {"locus": pa.string()} if located else {"chrom": pa.string(), "pos": pa.int32()}
        try:
            rows = pa.csv.read_csv(
                pa.BufferReader(text),
                read_options=pa.csv.ReadOptions(
                    column_names=list(self.columns), block_size=len(text) + 1
                ),
                parse_options=pa.csv.ParseOptions(delimiter="\t", quote_char=False),
                convert_options=pa.csv.ConvertOptions(
                    column_types={**dict.fromkeys(self.columns, pa.string()), **numbers, **places},
                    null_values=list(_NOT_KNOWN),
                    strings_can_be_null=False,
                ),
            )
            named, pos = _split(rows["locus"]) if located else (rows["chrom"], rows["pos"])
        except (pa.ArrowInvalid, IndexError):
            raise self._wrong(text, taken, line) from None
        found = [rows[column] for column in taken.values()]
        least = [pc.min(column).as_py() for column in found]
        if pos.null_count or any((one or 0) < 0 for one in least):
            raise self._wrong(text, taken, line)
        if not pc.all(pc.greater(pc.binary_length(named), 0)).as_py():
            raise self._wrong(text, taken, line)
        return pa.table([named, pos, *found], names=["named", "pos", *taken])

    def _wrong(self, text: bytes, taken: Mapping[str, str], line: int) -> InputError:
        for number, row in enumerate(text.decode("utf-8", errors="replace").split("\n"), line + 1):
            if row.strip("\r") and (wrong := self._wrong_in(row.rstrip("\r"), taken.values())):
                return InputError(f"{self.path.name}, line {number:,}: {wrong}.", remedy=REMEDY)
        return InputError(
            f"{self.path.name} cannot be read below line {line:,}: it is no text in UTF-8.",
            remedy=REMEDY,
        )

    def _wrong_in(self, row: str, counts: Collection[str]) -> str | None:
        cells = row.split("\t")
        if len(cells) != len(self.columns):
            return f"{len(cells)} columns, and not {len(self.columns)}"
        for column, cell in zip(self.columns, cells, strict=True):
            told = f"{column} is {cell[:40]!r}"
            if column == "locus" and not _is_place(_LOCUS.fullmatch(cell)):
                return f"{told}, which is no place"
            if column == "pos" and not _is_number(cell):
                return f"{told}, which is no position"
            if column == "chrom" and not cell:
                return f"{told}, which is no chromosome"
            if column in counts and cell not in _NOT_KNOWN and not _is_number(cell):
                return f"{told}, which is no whole number from 0 to {_LARGEST:,}"
        return None


def number_table(file: Path, codes: Sequence[str]) -> NumberTable:
    """Look at the first line of a table.

    Args:
        file: plain, gzip or bgzip.
        codes: groups that it may hold numbers of.

    Raises:
        InputError: columns are missing, unknown or there twice; or the file is damaged.
    """
    check_end(file, file.name)
    with file.open("rb") as opened:
        packed = opened.read(2) == b"\x1f\x8b"
    with closing(_texts(file, packed=packed)) as texts:
        first = next(texts, b"").split(b"\n", 1)[0]
    try:
        names = first.decode("utf-8-sig").rstrip("\r").split("\t")
    except UnicodeDecodeError:
        raise InputError(f"{file.name} is no text in UTF-8.", remedy=REMEDY) from None
    columns = [column.strip().lower() for column in names]
    named = {f"an_{code}{of}" for code in ("all", *codes) for of in ("", "_xy")}
    known = {"locus", "an", "chrom", "pos", *named}
    for place, column in enumerate(columns):
        if column not in known:
            raise InputError(
                f"{file.name}: the column {column[:60]!r} is none of allele numbers.",
                remedy=REMEDY,
            )
        if column in columns[:place]:
            raise InputError(f"{file.name} has the column {column} twice.", remedy=REMEDY)
    placed = ("locus" in columns) != ({"chrom", "pos"} <= set(columns))
    stated = any(column.startswith("an") for column in columns)
    if not placed or not stated or {"an", "an_all"} <= set(columns):
        raise InputError(f"{file.name} has the columns {', '.join(columns)[:200]}.", remedy=REMEDY)
    return NumberTable(file, columns, packed)


def _texts(path: Path, *, packed: bool) -> Generator[bytes, None, None]:
    try:
        with cast("IO[bytes]", gzip.open(path) if packed else path.open("rb")) as stream:
            yield from blocks(stream, name=path.name, size=_BLOCK_BYTES)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise InputError(
            f"{path.name} is damaged or cut short.",
            remedy="Copy it anew and compare its size or check sum with the original.",
        ) from None
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read to its end: {error.strerror}.",
            remedy="Check the disk, or copy the file anew.",
        ) from None


def _split(locus: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    both = pc.split_pattern(locus.combine_chunks(), ":", max_splits=1, reverse=True)
    return pc.list_element(both, 0), pc.cast(pc.list_element(both, 1), pa.int32())


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and int(cell) <= _LARGEST


def _is_place(found: re.Match[str] | None) -> bool:
    return found is not None and int(found[2]) <= _LARGEST
