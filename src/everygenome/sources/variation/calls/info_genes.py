"""Genes that a VCF names in its INFO fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from everygenome.sources.variation.header import InfoField

# One gene, several with commas, or "GENE:number|GENE:number" as in ClinVar.
_PLAIN = ("GENE", "SYMBOL", "GENEINFO")
# One entry for each transcript, in which the gene has a place that the header states.
_BY_TRANSCRIPT = ("CSQ", "ANN")
_PLACES = ("SYMBOL", "Gene_Name")
_FORMAT = re.compile(r"(?:Format|annotations)\s*:?\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GeneField:
    """An INFO field that names genes.

    Attributes:
        id: of the field.
        place: of the gene in each entry, where the field has one entry for each transcript.
    """

    id: str
    place: int | None = None


def gene_field(info: Mapping[str, InfoField]) -> GeneField | None:
    """The field that names genes, by the header; None where there is none.

    Example:
        >>> said = "Consequences. Format: Allele|Consequence|SYMBOL"
        >>> gene_field({"CSQ": InfoField(".", "String", said)})
        GeneField(id='CSQ', place=2)
    """
    for one in _PLAIN:
        if one in info:
            return GeneField(one)
    for one in _BY_TRANSCRIPT:
        found = _FORMAT.search(info[one].description) if one in info else None
        places = [place.strip(" '\"") for place in found[1].split("|")] if found else []
        for name in _PLACES:
            if name in places:
                return GeneField(one, places.index(name))
    return None


def genes_in(values: pa.Array, field: GeneField) -> tuple[pa.Array, pa.Array]:
    """The first gene of each row, and how many there are.

    Example:
        >>> first, count = genes_in(pa.array(["MYH7:4625|MHRT:1", "."]), GeneField("GENEINFO"))
        >>> first.to_pylist(), count.to_pylist()
        (['MYH7', None], [2, 0])
    """
    entries = pc.split_pattern_regex(values, r"[,|&]" if field.place is None else ",")
    rows = pc.list_parent_indices(entries)
    genes = pc.list_flatten(entries)
    if field.place is not None:
        # An entry that is cut short names no gene: as many bars as needed are put behind it.
        cells = pc.split_pattern(
            pc.binary_join_element_wise(genes, "|" * (field.place + 1), ""), "|"
        )
        genes = pc.list_element(cells, field.place)
    elif field.id == "GENEINFO":
        genes = pc.replace_substring_regex(genes, r":.*", "")
    genes = pc.utf8_trim_whitespace(genes)
    # For `GENE;`, a field without a value, bcftools writes 1, which no gene is called.
    named = pc.invert(pc.is_in(genes, pa.array(["", ".", "1"])))
    rows = pc.filter(rows, named).to_numpy(zero_copy_only=False).astype(np.int64)
    genes = pc.filter(genes, named)
    return _first_and_count(rows, genes, len(values))


def _first_and_count(rows: np.ndarray, genes: pa.Array, length: int) -> tuple[pa.Array, pa.Array]:
    codes = pc.dictionary_encode(genes)
    number = codes.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    # A gene counts once for each row, and the first in the row is the one that is shown.
    pairs = np.unique(rows * (len(codes.dictionary) + 1) + number)
    counts = np.bincount(pairs // (len(codes.dictionary) + 1), minlength=length)
    first = np.full(length, -1, dtype=np.int64)
    first[rows[::-1]] = number[::-1]
    taken = codes.dictionary.take(pa.array(first, mask=first < 0))
    return taken, pa.array(counts.astype(np.int32))
