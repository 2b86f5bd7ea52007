"""A VCF as it was handed in, with INFO fields added.

The text of each record stays as it is, byte for byte, but for INFO; so does the order. Fields that
the file has already under the same names are replaced, and counted: the usual reason is that a file
is annotated again.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from everygenome.errors import InputError, StoreError
from everygenome.sources.variation.bcftools import packed
from everygenome.sources.variation.calls.info_text import Field
from everygenome.sources.variation.calls.info_values import Values, another_file
from everygenome.sources.variation.calls.vcf_records import Records, records_in, vcf_texts


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
    values = Values(annotations, fields, work=out.parent)
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

    def __init__(self, stream: IO[bytes], values: Values, name: str, named: list[bytes]) -> None:
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
            raise another_file(self._name)

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


def _opened(out: Path, half: Path) -> AbstractContextManager[IO[bytes]]:
    name = out.name.lower()
    if name.endswith((".gz", ".bgz", ".bcf")):
        return packed(half.absolute(), binary=name.endswith(".bcf"))
    return half.open("wb")
