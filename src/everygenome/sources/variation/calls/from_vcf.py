"""Rows of a VCF or BCF, as bcftools tells them."""

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import IO, cast

import numpy as np
import pyarrow as pa
from pyarrow import csv

from everygenome.errors import InputError
from everygenome.sources.variation.bcftools import streamed
from everygenome.sources.variation.calls.forms import shown
from everygenome.sources.variation.calls.handed import Handed, Kind
from everygenome.sources.variation.calls.info_genes import GeneField, gene_field, genes_in
from everygenome.sources.variation.calls.raw import RAW, nulls
from everygenome.sources.variation.header import Header
from everygenome.sources.variation.streams import ahead, blocks

_COLUMNS = {"chrom": pa.string(), "pos": pa.int64(), "ref": pa.string(), "alt": pa.string()}
_GENE = {"info": pa.string()}
# What stands where bytes are no text: no base, so that the row is flagged.
_NO_TEXT = "\N{REPLACEMENT CHARACTER}"
_FAR = re.compile(rb"\n[^\t\n]*\t[0-9]{10}")
# What is unpacked once more in about a tenth of a second.
_LOOKED_THROUGH = 4 << 20


def vcf_rows(file: Handed, header: Header) -> Iterator[pa.Table]:
    """The rows of a file, in its order, some megabytes at a time.

    Raises:
        InputError: the file is damaged, with the line where that can be told.
    """
    field = gene_field(header.info)
    form = r"%CHROM\t%POS\t%REF\t%ALT" + (rf"\t%INFO/{field.id}" if field else "") + r"\n"
    before, falls, last = 0, False, None
    try:
        with streamed("query", "-f", form, path=file.path) as stream:
            # Parsed in the thread that reads: neither needs Python's lock for long.
            texts = (_parsed(text, field) for text in blocks(stream, name=file.name))
            with closing(ahead(texts)) as tables:
                for rows in tables:
                    _check_positions(rows, file.name, before)
                    falls = falls or _falls(
                        rows if last is None else pa.concat_tables([last, rows])
                    )
                    last = rows.slice(len(rows) - 1)
                    yield _raw(rows, field, before)
                    before += len(rows)
    except InputError as error:
        raise told(file, error) from None
    _check_far(file, falls=falls)


def _parsed(text: bytes, field: GeneField | None) -> pa.Table:
    columns = {**_COLUMNS, **(_GENE if field else {})}
    if b"\r" in text:
        # In the midst of a line: the parser of CSV would take it for a line's end.
        text = text.replace(b"\r", _NO_TEXT.encode())
    try:
        return _table(text, columns)
    except pa.ArrowInvalid:
        return _table(text.decode("utf-8", errors="replace").encode(), columns)


def _table(text: bytes, columns: dict[str, pa.DataType]) -> pa.Table:
    return csv.read_csv(
        pa.BufferReader(text),
        read_options=csv.ReadOptions(
            column_names=list(columns), use_threads=False, block_size=len(text) + 1
        ),
        parse_options=csv.ParseOptions(delimiter="\t", quote_char=False, double_quote=False),
        convert_options=csv.ConvertOptions(
            column_types=columns, null_values=[], strings_can_be_null=False
        ),
    ).combine_chunks()


def _check_positions(rows: pa.Table, name: str, before: int) -> None:
    # The library refuses those below 0 by itself, and writes them in 32 bits: what is above 2^31 is
    # negative here. Above 2^32 it is small again: see `_check_far`.
    positions = rows["pos"].to_numpy()
    if len(positions) and positions.min() < 0:
        at = int(np.argmin(positions))
        raise InputError(
            f"{name}, record {before + at + 1:,}: its position is above 2,147,483,647.",
            remedy="No chromosome is as long: check the column POS.",
        )


def _falls(rows: pa.Table) -> bool:
    """Whether a position is below the one before it, on the same chromosome."""
    fell = np.flatnonzero(np.diff(rows["pos"].to_numpy()) < 0).tolist()
    chrom = rows["chrom"]
    return any(chrom[at].as_py() == chrom[at + 1].as_py() for at in fell)


def _check_far(file: Handed, *, falls: bool) -> None:
    """Positions of ten digits, which came out of the library as small ones.

    To look at the text costs a quarter of the time. So a large file is looked at only where its
    positions fall, as they do where one that is far behind all others comes out small.

    Raises:
        InputError: there is one, with its line.
    """
    large = file.path.stat().st_size > _LOOKED_THROUGH
    if file.kind is Kind.BCF or (large and not falls):
        return
    with gzip.open(file.path) if file.packed else file.path.open("rb") as stream:
        far = any(
            _FAR.search(b"\n" + text) for text in blocks(cast("IO[bytes]", stream), name=file.name)
        )
    if far and (damage := first_damage(file)) is not None:
        raise InputError(damage, remedy="No chromosome is as long: check the column POS.")


def _raw(rows: pa.Table, field: GeneField | None, before: int) -> pa.Table:
    number = len(rows)
    gene, genes = nulls(number, "gene"), nulls(number, "genes")
    if field and number:
        gene, genes = genes_in(rows["info"].chunk(0), field)
    return pa.Table.from_arrays(
        [
            pa.array(np.arange(before + 1, before + number + 1, dtype=np.int64)),
            nulls(number, "name"),
            rows["chrom"],
            rows["pos"],
            rows["ref"],
            rows["alt"],
            gene,
            genes,
            nulls(number, "hgvs_c"),
        ],
        schema=RAW,
    )


def told(file: Handed, error: InputError) -> InputError:
    """An error of the library, with the line that it is about where that can be told."""
    damaged = None if file.kind is Kind.BCF else first_damage(file)
    if damaged is None:
        return error
    return InputError(damaged, remedy="Mend it there, or make or copy the file anew.")


def first_damage(file: Handed) -> str | None:
    """What is wrong with the first line of a VCF that is no record; None where none is found."""
    number = 0
    header = True
    try:
        with gzip.open(file.path) if file.packed else file.path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if header and line.startswith(b"#"):
                    header = not line.startswith(b"#CHROM")
                    continue
                if wrong := _wrong(line.rstrip(b"\r\n"), header=header):
                    return f"{file.name}, line {number:,}: {wrong}."
                header = False
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return f"{file.name} is damaged or cut short after line {number:,}."
    except OSError:
        return None
    return f"{file.name} has no line that begins with #CHROM." if header else None


def _wrong(line: bytes, *, header: bool) -> str | None:
    cells = line.split(b"\t", 8)
    position = cells[1] if len(cells) > 1 else b""
    told = shown(position.decode("utf-8", errors="replace"))
    wrong = {
        "a record before the line that begins with #CHROM": header,
        "it is empty; delete it": not line,
        "a NUL byte, which no text file holds": b"\0" in line,
        "a line of the header among the records": line.startswith(b"#"),
        f"{len(cells)} columns, separated by tabs, where a record has 8 or more": len(cells) < 8,
        f"{told} is no position": not position.isdigit(),
        f"position {told} is above 2,147,483,647": len(position) > 10
        or (position.isdigit() and int(position) >= 1 << 31),
    }
    return next((what for what, found in wrong.items() if found), None)
