"""Columns of a list: what each holds, by its name in the first line; and the cells of a line."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass

from everygenome.errors import InputError
from everygenome.sources.variation.calls.forms import shown

HELP = (
    "Write one variant a line, such as 1-55051215-G-GA; or columns with the names chrom, pos, ref, "
    "alt (and gene, hgvs_c, name) in the first line."
)
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


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns that are read.

    Attributes:
        delimiter: what stands between cells; at: what a column holds -> its number.
    """

    delimiter: str
    at: Mapping[str, int]

    def cells(self, line: str, place: str) -> dict[str, str]:
        """What a line holds in them; `place` names it in messages.

        Raises:
            InputError: quotes are not in pairs, or cells are lacking.

        Example:
            >>> Columns(",", {"variant": 1, "gene": 0}).cells('"MYH7, MHRT",1-5-A-G', "line 2")
            {'variant': '1-5-A-G', 'gene': 'MYH7, MHRT'}
        """
        try:
            cells = next(csv.reader([line], delimiter=self.delimiter, strict=True))
        except csv.Error:
            raise InputError(
                f"{place}: quotes that do not close, or stand within a cell.", remedy=HELP
            ) from None
        if len(cells) <= max(self.at.values()):
            raise InputError(
                f"{place}: {len(cells)} cells, where the first line names more columns.",
                remedy=HELP,
            )
        return {column: cells[at].strip() for column, at in self.at.items()}


def columns_in(line: str, name: str) -> Columns | None:
    """Which columns the first line of a list names; None where it is a variant already.

    Args:
        line: the first of the list; name: of the list, for messages.

    Raises:
        InputError: it names some, and not those that are needed; or one of them twice.
    """
    delimiter = next((one for one in "\t,;" if one in line), "\t")
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
        return Columns(delimiter, found)
    if found:
        lacking = [one for one in _PLACE if one not in found]
        raise InputError(
            f"{name}: its first line names columns, but not {', '.join(lacking)} "
            f"(found: {', '.join(shown(cell) for cell in cells[:10])}).",
            remedy=HELP,
        )
    return None


def genes_named(cell: str) -> list[str]:
    """Genes of a cell, each once, as they come.

    Example:
        >>> genes_named("MYH7, MHRT;MYH7"), genes_named("-")
        (['MYH7', 'MHRT'], [])
    """
    named = (one.strip() for one in _BETWEEN_GENES.split(cell))
    return list(dict.fromkeys(one for one in named if one not in ("", ".", "-")))
