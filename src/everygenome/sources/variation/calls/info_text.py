"""INFO fields as text: what is written in the header, and the values of many records together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from everygenome.errors import UsageError

_ID = re.compile(r"[A-Za-z_][0-9A-Za-z_.]*")
# VCF 4.3, section 1.2: these have a meaning in INFO. A blank is allowed since 4.3 only, so it is
# encoded as well. The percent sign comes first.
_ENCODED = {
    "%": "%25", ":": "%3A", ";": "%3B", "=": "%3D", ",": "%2C",
    "\r": "%0D", "\n": "%0A", "\t": "%09", " ": "%20", "\0": "%00",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """An INFO field that is added.

    Attributes:
        id: its name, and that of the column with its values.
        number: A: one value for each alternate allele; 1: one for the record (that of its first
            allele that has one); 0: a flag.
        type: as VCF names it.
        description: for the header, in a sentence.
    """

    id: str
    number: Literal["A", "1", "0"]
    type: Literal["Integer", "Float", "String", "Flag"]
    description: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id) or (self.number == "0") != (self.type == "Flag"):
            raise UsageError(
                f"{self.id!r} (Number={self.number}, Type={self.type}) can be no INFO field.",
                remedy="Use letters, digits, _ and . in the name; a Flag has the number 0.",
            )

    def header(self) -> str:
        """Its line in the header.

        Example:
            >>> Field("EG_FAF95", "A", "Float", "Filtering frequency").header()
            '##INFO=<ID=EG_FAF95,Number=A,Type=Float,Description="Filtering frequency">'
        """
        told = " ".join(self.description.split()).replace("\\", r"\\").replace('"', r"\"")
        return f'##INFO=<ID={self.id},Number={self.number},Type={self.type},Description="{told}">'


def values_as_text(column: pa.Array, field: Field) -> pa.Array:
    """The values of a field, one text each; missing where there is none, or no number.

    Example:
        >>> field = Field("EG_NOTE", "A", "String", "A note")
        >>> values_as_text(pa.array(["a;b c", None, ""]), field).to_pylist()
        ['a%3Bb%20c', None, None]
    """
    if field.type == "Float":
        # INFO holds 32 bits: more digits would promise too much.
        numbers = pc.cast(column, pa.float32(), safe=False)
        return pc.cast(pc.if_else(pc.is_finite(numbers), numbers, None), pa.string())
    if field.type == "Integer":
        return pc.cast(pc.cast(column, pa.int32()), pa.string())
    if field.type == "Flag":
        return pc.if_else(pc.cast(column, pa.bool_()), "", pa.scalar(None, pa.string()))
    codes = pc.dictionary_encode(pc.cast(column, pa.string()))
    texts = [_encoded(text) or None for text in codes.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(codes.indices)


def record_texts(
    columns: Sequence[tuple[Field, pa.Array]], alleles: NDArray[np.int64]
) -> list[bytes]:
    """What is added to INFO of each record; empty where there is nothing.

    Args:
        columns: a field, and the text of its value for each allele, records after each other.
        alleles: how many alternate alleles each record has.

    Example:
        >>> field = Field("EG_AC", "A", "Integer", "Copies")
        >>> record_texts([(field, pa.array(["1", None, "3"]))], np.array([2, 1]))
        [b'EG_AC=1,.', b'EG_AC=3']
    """
    starts = np.concatenate([[0], np.cumsum(alleles)])
    parts = [_part(field, texts, starts) for field, texts in columns]
    # Arrow 26 leaves a row out where all its parts are missing: one part never is.
    joined = pc.binary_join_element_wise("", *parts, ";", null_handling="skip")
    found: list[bytes] = pc.cast(joined, pa.binary()).to_pylist()
    return [text[1:] for text in found]


def _part(field: Field, texts: pa.Array, starts: NDArray[np.int64]) -> pa.Array:
    """`ID=value` of each record, or nothing."""
    if len(starts) - 1 != len(texts):
        known = pc.is_valid(texts).to_numpy(zero_copy_only=False)
        stated = np.add.reduceat(known, starts[:-1], dtype=np.int64) > 0
        if field.number == "A":
            lists = pa.ListArray.from_arrays(
                pa.array(starts.astype(np.int32)), pc.fill_null(texts, ".")
            )
            texts = pc.binary_join(lists, ",")
        else:
            places = np.where(known, np.arange(len(texts)), len(texts))
            first = np.minimum.reduceat(places, starts[:-1])
            texts = texts.take(pa.array(np.minimum(first, len(texts) - 1)))
        texts = pc.if_else(pa.array(stated), texts, pa.scalar(None, pa.string()))
    sign = "" if field.number == "0" else "="
    return pc.binary_join_element_wise(field.id, texts, sign)


def _encoded(text: str | None) -> str:
    for letter, code in _ENCODED.items():
        text = (text or "").replace(letter, code)
    return text or ""
