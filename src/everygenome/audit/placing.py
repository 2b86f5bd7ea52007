"""Where each value of a column belongs: to a group, or to a class.

The engine groups rows by what is stated, with numbers already in their bands; the few different
values that remain are placed here.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from everygenome.audit.classes import Class
from everygenome.audit.mapping.bands import band_labels
from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.mapping.model import ColumnMap, FileMap, plain

OLDEST = 130
# Beyond this, no column of a cohort is a number that anybody means.
_LARGEST = 1e15
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


@dataclass(slots=True)
class Placer:
    """Places the values of one column.

    Attributes:
        name: of the column.
        column: what the map says of it.
        file: what the map says of the file.
        unmapped: value -> people, of what is in no map.
        sets: several groups in one cell, such as "African; Asian" -> people.
    """

    name: str
    column: ColumnMap
    file: FileMap
    unmapped: Counter[str] = field(default_factory=Counter)
    sets: Counter[str] = field(default_factory=Counter)
    _listed: dict[str, str] = field(init=False, repr=False)
    _labels: tuple[str, ...] = field(init=False, repr=False)
    _order: dict[str, int] = field(init=False, repr=False)
    _seen: dict[tuple[str | None, int | None], tuple[str, str, tuple[str, ...]]] = field(
        init=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        missing = self.file.missing if self.column.missing is None else self.column.missing
        refused = self.file.refused if self.column.refused is None else self.column.refused
        # What the column's own list says goes first: "NA" is Namibia where it says so.
        self._listed = {
            **{plain(value): str(Class.MISSING) for value in missing},
            **{plain(value): str(Class.REFUSED) for value in refused},
            **{plain(value): group for value, group in self.column.values.items()},
        }
        self._labels = band_labels(self.column.bands) if self.column.bands else ()
        ordered = (*self.column.groups, *map(str, Class))
        self._order = {group: place for place, group in enumerate(ordered)}

    @property
    def _listed_numbers(self) -> list[float]:
        """Numbers that the map lists as what they are: -1 for missing, say."""
        return sorted({n for n in map(_number, self._listed) if n is not None})

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the most that a number can be."""
        return (0, OLDEST) if self.column.kind is Kind.AGE else (-_LARGEST, _LARGEST)

    def keys(self, table: ir.Table) -> tuple[ir.Value, ir.Value]:
        """What rows are grouped by: the text as stated, or the place of its band.

        One of the two is null: the text where a plain number has its band, else the band.
        """
        text = table[self.name]
        bands = self.column.bands
        if not bands:
            return text, ibis.null("int16")
        # No trimming: the engine takes a number with white space around it, and trims slowly.
        number = text.try_cast("float64")
        # The engine takes 1_0 for ten, which is a slip. Whatever is not plain goes on as text.
        banded = number.between(*self.limits) & ~text.contains("_")
        if self._listed_numbers:
            banded &= number.notin(self._listed_numbers)
        banded = banded.fill_null(False)
        place = (number >= bands[0]).cast("int16")
        for bound in bands[1:]:
            place += (number >= bound).cast("int16")
        return (
            ibis.ifelse(banded, ibis.null("string"), text),
            ibis.ifelse(banded, place, ibis.null("int16")),
        )

    def place(self, text: str | None, band: int | None, people: int) -> str:
        """The group or class of what the engine grouped by, and a note of what is unusual."""
        key = (text, band)
        if key not in self._seen:
            self._seen[key] = self._placed(text, band)
        group, several, unmapped = self._seen[key]
        if several and people:
            self.sets[several] += people
        for value in unmapped:
            self.unmapped[value] += people
        return group

    @property
    def different(self) -> int:
        """How many different values were placed."""
        return len(self._seen)

    def _placed(self, text: str | None, band: int | None) -> tuple[str, str, tuple[str, ...]]:
        if band is not None:
            return self._labels[band], "", ()
        value = plain(text or "")
        parts: Sequence[str] = [value]
        if self.column.separator is not None and value not in self._listed:
            parts = [part for part in map(plain, value.split(self.column.separator)) if part]
        placed = {part: self._one(part) for part in parts or [""]}
        unmapped = tuple(part for part, group in placed.items() if group == Class.UNMAPPED)
        groups = sorted(set(placed.values()), key=self._order.__getitem__)
        if len(groups) == 1:
            return groups[0], "", unmapped
        return str(Class.SEVERAL), "; ".join(groups), unmapped

    def _one(self, value: str) -> str:
        if value in self._listed:
            return self._listed[value]
        number = _number(value) if self.column.bands else None
        if number is not None and self.limits[0] <= number <= self.limits[1]:
            return self._labels[bisect_right(self.column.bands or (), number)]
        return self.column.others or str(Class.UNMAPPED)


def _number(value: str) -> float | None:
    return float(value) if _NUMBER.fullmatch(value) else None
