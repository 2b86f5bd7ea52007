"""Places for values, so that one compiled statement serves every value of a filter.

Writing and compiling an expression takes some forty milliseconds, and running it ten. So
an expression is written with placeholders, which no record can hold, and the engine is
given the values when it runs. Two selections in one expression have placeholders of their
own: the second one found in a key is on the side "b".
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from everygenome.measures.selection import Selection
from everygenome.queries.question import Question
from everygenome.store.release import Place

_TEXT = (
    "trait_parent",
    "trait_id",
    "country_iso3",
    "funder_id",
    "cohort_id",
    "journal_id",
    "pubmed_number",
    "accession",
)
_NUMBERS = ("from_year", "to_year")
_SIDES = ("", "b")


def placed(selection: Selection, *, side: str = "") -> Selection:
    """The same selection with a placeholder for each of its values."""
    set_here = {name: place.token for name, place in _places(selection, side)}
    return replace(selection, **set_here)  # type: ignore[arg-type]


def without_values(key: Hashable) -> tuple[Hashable, Mapping[Place, Any]]:
    """A key with its selections' values taken out, and the values by their place.

    Raises:
        ValueError: the key holds more than two different selections.
    """
    found: list[Selection] = []
    shape = _shape(key, found)
    values = {
        place: getattr(selection, name)
        for selection, side in zip(found, _SIDES, strict=False)
        for name, place in _places(selection, side)
    }
    return shape, values


def _shape(key: Hashable, found: list[Selection]) -> Hashable:
    if isinstance(key, Selection):
        if key not in found:
            found.append(key)
        if len(found) > len(_SIDES):
            raise ValueError(f"{len(found)} selections in one key")
        return placed(key, side=_SIDES[found.index(key)])
    if isinstance(key, Question):
        others = (key.unit, key.scheme, key.denominator, key.rule, key.reference, key.crosswalk)
        return (*others, _shape(key.selection, found))
    if isinstance(key, tuple):
        return tuple(_shape(item, found) for item in key)
    return key


def _places(selection: Selection, side: str) -> list[tuple[str, Place]]:
    """The fields that are set, each with its place."""
    return [
        *(
            (name, Place(f"{name}{side}", f"\ue000{name}{side}"))
            for name in _TEXT
            if getattr(selection, name) is not None
        ),
        *(
            (name, Place(f"{name}{side}", -(900_000_001 + 10 * len(side) + index)))
            for index, name in enumerate(_NUMBERS)
            if getattr(selection, name) is not None
        ),
    ]
