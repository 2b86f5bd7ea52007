"""Rows of a list: one variant a line as typed, or columns with names; and of what was typed."""

import csv
import gzip
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from everygenome.errors import InputError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls.classes import BLANK
from everygenome.sources.variation.calls.forms import LAST_POSITION, Typed, shown
from everygenome.sources.variation.calls.handed import Handed
from everygenome.sources.variation.calls.raw import RAW
from everygenome.sources.variation.calls.reference import Reference
from everygenome.sources.variation.calls.typed import typed

TYPED = "typed"
_ROWS = 50_000
_LONGEST_LINE = 1 << 20
_BETWEEN_GENES = re.compile(r"[,;|&]")
# What columns are called -> what they hold. All in small letters.
_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("chrom", "#chrom", "chr", "chromosome", "contig"), "chrom"),
    **dict.fromkeys(("pos", "position"), "pos"),
    **dict.fromkeys(("ref", "reference", "reference_allele"), "ref"),
    **dict.fromkeys(("alt", "alternate", "alternate_allele", "alternative"), "alt"),
    **dict.fromkeys(("gene", "symbol", "gene_symbol"), "gene"),
    **dict.fromkeys(("hgvs_c", "hgvsc"), "hgvs_c"),
    **dict.fromkeys(("name", "id"), "name"),
    **dict.fromkeys(("variant", "hgvs_g", "hgvsg"), "variant"),
}
_PLACE = ("chrom", "pos", "ref", "alt")
_HELP = (
    "Write one variant a line, such as 1-55051215-G-GA; or columns with the names chrom, pos, ref, "
    "alt (and gene, hgvs_c, name) in the first line."
)


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
            self._placed(f"variant {number:,}" if several else "", number, name, lambda: {})
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
            raise InputError(f"{file.name} holds no variants.", remedy=_HELP)
        delimiter = next((one for one in "\t,;" if one in first[1]), "\t")
        columns = _columns(first[1], delimiter, file.name)
        if columns is None:
            rows = (
                self._placed(f"{file.name}, line {number:,}", number, line, lambda: {})
                for number, line in _with(first, lines)
            )
        else:
            rows = (
                self._from_cells(file.name, number, line, delimiter, columns)
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
                            f"{file.name}, line {number:,} has more than 1 MB.", remedy=_HELP
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

    def _from_cells(
        self, name: str, number: int, line: str, delimiter: str, columns: Mapping[str, int]
    ) -> dict[str, Any]:
        place = f"{name}, line {number:,}"
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True))
        except csv.Error:
            raise InputError(
                f"{place}: quotes that do not close, or stand within a cell.", remedy=_HELP
            ) from None
        if len(cells) <= max(columns.values()):
            raise InputError(
                f"{place}: {len(cells)} cells, where the first line names more columns.",
                remedy=_HELP,
            )
        found = {column: cells[at].strip() for column, at in columns.items()}

        def others() -> dict[str, Any]:
            genes = _genes_in(found.get("gene", ""))
            return {
                "gene": genes[0] if genes else None,
                "genes": len(genes) or None,
                "hgvs_c": found.get("hgvs_c") or None,
            }

        if "variant" in found:
            return self._placed(place, number, found["variant"], others, found.get("name"))
        position = found["pos"]
        digits = position.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or int(digits[:11]) > LAST_POSITION:
            raise InputError(f"{place}: {shown(position)} is no position.", remedy=_HELP)
        return {
            "record": number,
            "name": found.get("name") or None,
            "chrom": found["chrom"],
            "pos": int(position),
            "ref": found["ref"],
            "alt": found["alt"],
            **others(),
        }

    def _placed(
        self,
        place: str,
        number: int,
        text: str,
        others: Callable[[], dict[str, Any]],
        name: str | None = None,
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
            **others(),
        }


def _columns(line: str, delimiter: str, name: str) -> dict[str, int] | None:
    """Which column holds what; None where the first line is a variant already."""
    cells = [cell.strip(' "').lower() for cell in line.split(delimiter)]
    known = [_NAMES.get(cell) for cell in cells]
    found: dict[str, int] = {}
    for at, one in enumerate(known):
        if one is not None:
            if one in found:
                raise InputError(
                    f"{name}: two columns for {one}: {shown(cells[found[one]])} and "
                    f"{shown(cells[at])}.",
                    remedy="Leave one.",
                )
            found[one] = at
    if "variant" in found or all(one in found for one in _PLACE):
        return found
    if found:
        lacking = [one for one in _PLACE if one not in found]
        raise InputError(
            f"{name}: its first line names columns, but not {', '.join(lacking)} "
            f"(found: {', '.join(shown(cell) for cell in cells[:10])}).",
            remedy=_HELP,
        )
    return None


def _genes_in(cell: str) -> list[str]:
    """Genes of a cell, each once, as they come: "MYH7, MHRT" are two."""
    named = (one.strip() for one in _BETWEEN_GENES.split(cell))
    return list(dict.fromkeys(one for one in named if one not in ("", ".", "-")))


def _with(first: tuple[int, str], rest: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest


def _tables(rows: Iterable[dict[str, Any]]) -> Iterator[pa.Table]:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) >= _ROWS:
            yield pa.Table.from_pylist(held, schema=RAW)
            held = []
    if held:
        yield pa.Table.from_pylist(held, schema=RAW)
