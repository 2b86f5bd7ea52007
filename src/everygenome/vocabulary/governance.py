"""Peoples who have declined genetic research, or who govern it themselves.

Where a people has said so, few studies are not a gap for others to fill. The statements
stand in `governance.toml`, each with its source; that file says what it leaves out and how
to add to it. It is neither permission nor refusal by any single person.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from everygenome.vocabulary.schemes import SCHEMES, Scheme

NOT_COMPLETE = (
    "This list is not complete. It speaks for no single person, and a people that is not on it "
    "has not thereby given permission."
)


class Kind(StrEnum):
    """What a people has decided."""

    DECLINED = "declined"
    GOVERNS = "governs"


class Extent(StrEnum):
    """How much of a group the statements are about."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a people has decided about genetic research, or about research and data at all.

    Attributes:
        id: its name, stable.
        people: who it is about.
        place: where it holds.
        kind: declined, or governs.
        categories: the catalogue's labels that it is about as a whole; none where the people
            is a small part of a label.
        since: year.
        by: who said it.
        statement: what was decided, in our words.
        citation: the source.
        url: where to read it.
        checked: the day on which it was last known to stand (ISO 8601), or "unknown".
    """

    id: str
    people: str
    place: str
    kind: Kind
    categories: tuple[str, ...]
    since: int
    by: str
    statement: str
    citation: str
    url: str
    checked: str


@cache
def statements() -> tuple[Statement, ...]:
    """Every statement, in the order of the file.

    Example:
        >>> statements()[0].people, statements()[0].since
        ('The Navajo Nation (Diné)', 2002)
    """
    text = resources.files("everygenome.vocabulary").joinpath("governance.toml").read_text("utf-8")
    return tuple(_statement(name, entry) for name, entry in tomllib.loads(text).items())


def _statement(name: str, entry: dict[str, Any]) -> Statement:
    read = {**entry, "kind": Kind(entry["kind"]), "categories": tuple(entry["categories"])}
    return Statement(id=name, **read)


def extent(scheme: Scheme, group: str) -> Extent:
    """Whether the statements are about all categories of a group, about some, or none.

    Example:
        >>> from everygenome.vocabulary.schemes import BROAD, MONITOR
        >>> extent(BROAD, "Indigenous and Oceanian"), extent(MONITOR, "Other/Mixed")
        (<Extent.WHOLE: 'whole'>, <Extent.PART: 'part'>)
    """
    of_group = {label for label, name in scheme.group_of.items() if name == group}
    governed = of_group & {label for item in statements() for label in item.categories}
    if not governed:
        return Extent.NONE
    return Extent.WHOLE if governed == of_group else Extent.PART


def statements_about(scheme: Scheme, group: str) -> tuple[Statement, ...]:
    """The statements about any category of a group.

    Example:
        >>> from everygenome.vocabulary.schemes import DETAILED
        >>> [item.id for item in statements_about(DETAILED, "Oceanian")]
        ['maori_te_mata_ira', 'care_principles']
    """
    return tuple(
        item
        for item in statements()
        if any(scheme.group_of[label] == group for label in item.categories)
    )


def governing(groups: Collection[str]) -> set[str]:
    """Those of some groups, by their names in the schemes, that the statements are about.

    Example:
        >>> governing(["Aboriginal Australian", "European"])
        {'Aboriginal Australian'}
    """
    return {
        group
        for group in groups
        for scheme in SCHEMES.values()
        if group in scheme.groups and extent(scheme, group) is not Extent.NONE
    }
