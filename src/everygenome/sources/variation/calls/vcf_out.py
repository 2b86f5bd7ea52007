"""A VCF as it was handed in, with INFO fields added.

The text of each record stays as it is, byte for byte, but for INFO; so does the order. Fields that
the file has already under the same names are replaced, and counted: the usual reason is that a file
is annotated again.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.errors import InputError, StoreError, UsageError
from everygenome.sources.variation.bcftools import packed
from everygenome.sources.variation.calls.info_text import Field, record_texts, values_as_text
from everygenome.sources.variation.calls.vcf_records import Records, records_in, vcf_texts

__all__ = ["Annotated", "Field", "annotate"]

_SITE = ("chrom", "pos", "ref", "alt")
_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Annotated:
    """What was written.

    Attributes:
        records: of the file; annotated: those to which something was added.
        replaced: records that had one of the fields already.
    """

    records: int
    annotated: int
    replaced: int


def annotate(
    path: Path,
    annotations: Path,
    out: Path,
    *,
    fields: Sequence[Field],
    report: Callable[..., None] | None = None,
) -> Annotated:
    """Write a VCF or BCF again, with INFO fields added.

    Args:
        path: the file, as `Calls.source` names it.
        annotations: a Parquet file in any order, one row for each allele that has values:
            `ordinal`, `chrom`, `pos`, `ref`, `alt` as in `Calls`, and a column for each field.
        out: the file to write; packed by bgzip where it ends in `.gz` or `.bgz`, BCF where it ends
            in `.bcf`.
        fields: what to add, in this order.
        report: called with the number of records that were written so far.

    Raises:
        InputError: the file is damaged, or the values are of another one.
        UsageError: a field has no column.
        StoreError: the file cannot be written.
    """
    values = _Values(annotations, fields, work=out.parent)
    # Beside its place, so that nobody ever finds half a file there.
    half = out.with_name(f".{out.name}.part")
    named = [field.id.encode() for field in fields]
    try:
        with _opened(out, half) as stream:
            writing = _Writing(stream, values, path.name, named)
            for text in vcf_texts(path):
                writing.take(text)
                if report is not None:
                    report(writing.records)
            writing.end()
        half.replace(out)
    except OSError as error:
        raise StoreError(
            f"{out} cannot be written: {error.strerror}.", remedy="Check the folder and its room."
        ) from None
    finally:
        half.unlink(missing_ok=True)
        values.close()
    return Annotated(writing.records, writing.annotated, writing.replaced)


class _Writing:
    """Takes the text of a VCF piece by piece, and writes it with what is added."""

    def __init__(self, stream: IO[bytes], values: "_Values", name: str, named: list[bytes]) -> None:
        self._stream, self._values, self._name, self._named = stream, values, name, named
        ids = b"|".join(re.escape(one) for one in named)
        self._ours = re.compile(rb"(?:^|;)(?:" + ids + rb")(?:=[^;]*)?(?=;|$)")
        self._declared = re.compile(rb"##INFO=<ID=(?:" + ids + rb")[,>]")
        self._header: bytes | None = b""
        self.records = self.annotated = self.replaced = 0
        self._alleles = 0

    def take(self, text: bytes) -> None:
        """Write a piece of whole lines."""
        if self._header is not None:
            self._header += text
            # What is a header's last line, at the start of a line.
            found = re.search(rb"^#CHROM[^\n]*(?:\n|\Z)", self._header, re.MULTILINE)
            if found is None:
                return
            text = self._header[found.end() :]
            self._write_header(self._header[: found.start()], found[0])
            self._header = None
        if text:
            self._write(records_in(text, name=self._name, before=self.records))

    def end(self) -> None:
        """See that all values found their records."""
        if self._header is not None:
            raise InputError(
                f"{self._name} has no line that begins with #CHROM.", remedy="Give a whole VCF."
            )
        if self._values.last >= self._alleles:
            raise _another(self._name)

    def _write_header(self, lines: bytes, columns: bytes) -> None:
        end = "\r\n" if columns.endswith(b"\r\n") else "\n"
        kept = [line for line in lines.splitlines(keepends=True) if not self._declared.match(line)]
        ours = "".join(field.header() + end for field in self._values.fields)
        self._stream.write(b"".join(kept) + ours.encode() + columns)

    def _write(self, records: Records) -> None:
        alleles = int(records.alleles.sum())
        texts = self._values.texts(self._alleles, records, self._name)
        self._alleles += alleles
        self.records += len(texts)
        had = any(one in records.text for one in self._named)
        parts: list[bytes] = []
        text, done = records.text, 0
        places = zip(*(one.tolist() for one in (*records.info, records.empty)), texts, strict=True)
        for begin, end, empty, added in places:
            if had:
                info = self._ours.sub(b"", text[begin:end]).removeprefix(b";")
                if info != text[begin:end]:
                    self.replaced += 1
                    parts += (text[done:begin], b";".join(filter(None, (info, added))) or b".")
                    done = end
                    continue
            if added:
                # A dot stands for nothing: what is added takes its place.
                parts += (text[done:begin], added) if empty else (text[done:end], b";" + added)
                done = end
        self.annotated += sum(map(bool, texts))
        parts.append(text[done:])
        self._stream.write(b"".join(parts))


class _Values:
    """The values of the fields, by ordinal."""

    def __init__(self, path: Path, fields: Sequence[Field], *, work: Path) -> None:
        self.fields = tuple(fields)
        self._made: Path | None = None
        self._file = pq.ParquetFile(path)
        lacking = [
            one
            for one in ("ordinal", *_SITE, *(field.id for field in fields))
            if one not in self._file.schema_arrow.names
        ]
        if lacking or not fields:
            self._file.close()
            raise UsageError(
                f"{path.name} has no column {', '.join(lacking)}." if lacking else "No field.",
                remedy="Name the columns as the fields, and at least one.",
            )
        ordinals = self._file.read(["ordinal"])["ordinal"].to_numpy()
        self.last = int(ordinals.max()) if len(ordinals) else -1
        if len(ordinals) > 1 and not (np.diff(ordinals) > 0).all():
            if len(np.unique(ordinals)) < len(ordinals):
                self._file.close()
                raise UsageError(f"{path.name} has an ordinal twice.", remedy="Give one row each.")
            self._file.close()
            self._made = work / f".{path.name}.sorted"
            _sort(path, self._made)
            self._file = pq.ParquetFile(self._made)
        self._batches = self._rows()
        self._held: pa.Table | None = None

    def close(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        if self._made is not None:
            self._made.unlink(missing_ok=True)

    def texts(self, first: int, records: Records, name: str) -> list[bytes]:
        """What is added to each record; `first` is the ordinal of their first allele."""
        alleles = int(records.alleles.sum())
        rows = self._until(first + alleles)
        at = rows["ordinal"].to_numpy() - first
        _check(rows, at, records, name)
        places = np.full(alleles, -1, dtype=np.int64)
        places[at] = np.arange(len(at))
        taken = rows.select([field.id for field in self.fields]).take(
            pa.array(places, mask=places < 0)
        )
        columns = [
            (field, values_as_text(taken[field.id].combine_chunks(), field))
            for field in self.fields
        ]
        return record_texts(columns, records.alleles)

    def _until(self, end: int) -> pa.Table:
        """The rows with ordinals below `end` that were not given yet."""
        held = [] if self._held is None else [self._held]
        while not held or not len(held[-1]) or held[-1]["ordinal"][-1].as_py() < end:
            batch = next(self._batches, None)
            if batch is None:
                break
            held.append(pa.Table.from_batches([batch]))
        table = pa.concat_tables(held) if held else self._file.schema_arrow.empty_table()
        cut = int(np.searchsorted(table["ordinal"].to_numpy(), end))
        self._held = table.slice(cut)
        return table.slice(0, cut)

    def _rows(self) -> Iterator[pa.RecordBatch]:
        columns = ["ordinal", *_SITE, *(field.id for field in self.fields)]
        yield from self._file.iter_batches(_ROWS, columns=columns)


def _check(rows: pa.Table, at: np.ndarray, records: Records, name: str) -> None:
    """See that the values belong to these records, by the first and the last of them."""
    if not len(rows):
        return
    starts = np.cumsum(records.alleles) - records.alleles
    for row in (0, len(rows) - 1):
        record = int(np.searchsorted(starts, at[row], side="right")) - 1
        try:
            chrom, pos, ref, alts = records.site(record)
        except ValueError:
            raise _another(name) from None
        alt = alts[int(at[row] - starts[record])] or "."
        stated = tuple(rows[one][row].as_py() for one in _SITE)
        if stated != (chrom, pos, ref, alt):
            raise _another(name)


def _sort(path: Path, out: Path) -> None:
    from everygenome.store.engine import literal, start, text

    engine = start(temporary=out.with_suffix(".spill"), threads=2, memory_limit="256MB")
    try:
        engine.con.execute(
            f"COPY (SELECT * FROM read_parquet({literal(path)}) ORDER BY ordinal) "
            f"TO {text(str(out))} (FORMAT parquet)"
        )
    finally:
        engine.disconnect()


def _opened(out: Path, half: Path) -> AbstractContextManager[IO[bytes]]:
    name = out.name.lower()
    if name.endswith((".gz", ".bgz", ".bcf")):
        return packed(half.absolute(), binary=name.endswith(".bcf"))
    return half.open("wb")


def _another(name: str) -> InputError:
    return InputError(
        f"{name} is not the file that the values were made of, or was changed since.",
        remedy="Ask for the evidence again.",
    )
