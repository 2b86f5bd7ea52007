"""Rows of a list: one variant a line as typed, or columns with names; and of what was typed."""

import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pyarrow as pa

from everygenome.errors import InputError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls.classes import BLANK
from everygenome.sources.variation.calls.forms import LAST_POSITION, Typed, position_of, shown
from everygenome.sources.variation.calls.handed import Handed
from everygenome.sources.variation.calls.list_columns import HELP, Columns, columns_in, genes_named
from everygenome.sources.variation.calls.raw import RAW
from everygenome.sources.variation.calls.reference import Reference
from everygenome.sources.variation.calls.typed import typed

TYPED = "typed"
_ROWS = 50_000
_LONGEST_LINE = 1 << 20


@dataclass(slots=True)
class ListRows:
    """Reads lines, and remembers what they state.

    Attributes:
        asked: the build that is asked for.
        reference: opens the genome when a line needs it.
        counted: what was met.
        stated: the build that accessions in the list state.
    """

    asked: Build | None
    reference: Reference | None
    counted: Counter[str] = field(default_factory=Counter)
    stated: Build | None = None

    def typed(self, names: Sequence[str]) -> Iterator[pa.Table]:
        """The rows of what was typed.

        Raises:
            InputError: one is not understood; with its number where there are several.
        """
        several = len(names) > 1
        yield from _tables(
            self._placed(f"variant {number:,}" if several else "", number, name)
            for number, name in enumerate(names, start=1)
        )

    def file(self, file: Handed) -> Iterator[pa.Table]:
        """The rows of a file.

        Raises:
            InputError: a line is not understood, with its number; or it is no plain text.
        """
        lines = self._lines(file)
        first = next(lines, None)
        if first is None:
            raise InputError(f"{file.name} holds no variants.", remedy=HELP)
        columns = columns_in(first[1], file.name)
        if columns is None:
            rows = (
                self._placed(f"{file.name}, line {number:,}", number, line)
                for number, line in chain([first], lines)
            )
        else:
            rows = (
                self._from_cells(f"{file.name}, line {number:,}", number, line, columns)
                for number, line in lines
            )
        yield from _tables(rows)

    def _lines(self, file: Handed) -> Iterator[tuple[int, str]]:
        number = 0
        try:
            with gzip.open(file.path) if file.packed else file.path.open("rb") as stream:
                while line := stream.readline(_LONGEST_LINE + 1):
                    number += 1
                    if len(line) > _LONGEST_LINE:
                        raise InputError(
                            f"{file.name}, line {number:,} has more than 1 MB.", remedy=HELP
                        )
                    if b"\0" in line:
                        raise InputError(
                            f"{file.name}, line {number:,}: a NUL byte, which no text file holds.",
                            remedy="Save the list as plain text (UTF-8).",
                        )
                    text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                    header = number == 1 and text.lower().startswith("#chrom")
                    if not text.strip() or (text.startswith("#") and not header):
                        self.counted[BLANK] += 1
                        continue
                    yield number, text
        except UnicodeDecodeError:
            raise InputError(
                f"{file.name}, line {number:,}: bytes that are not UTF-8.",
                remedy="Save the list as plain text (UTF-8).",
            ) from None
        except (EOFError, gzip.BadGzipFile, zlib.error, OSError):
            raise InputError(
                f"{file.name} is damaged or cut short after line {number:,}.",
                remedy="Copy it anew.",
            ) from None

    def _from_cells(self, place: str, number: int, line: str, columns: Columns) -> dict[str, Any]:
        found = columns.cells(line, place)
        genes = genes_named(found.get("gene", ""))
        others = {
            "gene": genes[0] if genes else None,
            "genes": len(genes) or None,
            "hgvs_c": found.get("hgvs_c") or None,
        }
        if "variant" in found:
            return self._placed(place, number, found["variant"], found.get("name"), **others)
        digits = found["pos"].removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or position_of(digits) > LAST_POSITION:
            raise InputError(f"{place}: {shown(found['pos'])} is no position.", remedy=HELP)
        position = position_of(digits)
        return {
            "record": number,
            "name": found.get("name") or None,
            "chrom": found["chrom"],
            "pos": -position if digits != found["pos"] else position,
            "ref": found["ref"],
            "alt": found["alt"],
            **others,
        }

    def _placed(
        self, place: str, number: int, text: str, name: str | None = None, **others: Any
    ) -> dict[str, Any]:
        try:
            one: Typed = typed(text, build=self.asked or self.stated, reference=self.reference)
        except InputError as error:
            what = f"{place}: {error.what}" if place else error.what
            raise InputError(what, remedy=error.remedy) from None
        self.stated = self.stated or one.build
        return {
            "record": number,
            "name": name or one.name,
            "chrom": one.chrom,
            "pos": one.pos,
            "ref": one.ref,
            "alt": one.alt,
            **others,
        }


def _tables(rows: Iterable[dict[str, Any]]) -> Iterator[pa.Table]:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) >= _ROWS:
            yield pa.Table.from_pylist(held, schema=RAW)
            held = []
    if held:
        yield pa.Table.from_pylist(held, schema=RAW)
