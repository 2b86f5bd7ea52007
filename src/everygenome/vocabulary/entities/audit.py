"""What was put together, what was not, and which pairs a person should look at."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from everygenome.vocabulary.entities.model import OWN_NAME, Entity
from everygenome.vocabulary.entities.near import NearPair, StatedName, near_pairs
from everygenome.vocabulary.entities.resolve import Names

TOP: Final = 200

Stated = Mapping[tuple[str, str | None], int]


@dataclass(frozen=True, slots=True)
class Merged:
    """A reviewed entity and every name that leads to it, most publications first."""

    entity: Entity
    names: tuple[StatedName, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """What a set of stated names became.

    Attributes:
        merged: reviewed entities, in the order of their identifiers.
        own: names that nobody reviewed, most publications first.
        near: pairs among the names with most publications, the most alike first.
        nobody: stated names that name nobody.
    """

    merged: tuple[Merged, ...]
    own: tuple[StatedName, ...]
    near: tuple[NearPair, ...]
    nobody: tuple[tuple[str, str | None], ...]


def audit(names: Names, stated: Stated, *, top: int = TOP) -> Audit:
    """Read every stated name, and list what came of it.

    Args:
        names: the names of one kind.
        stated: publications by stated name and country.
        top: among how many names, those with most publications, near pairs are looked for.

    Example:
        >>> stated = {("MRC", None): 2, ("Medical Research Councill", None): 1}
        >>> found = audit(Names("funder"), stated)
        >>> [one.stated for one in found.own]
        ['Medical Research Councill']
        >>> [(pair.first.stated, pair.second.stated, pair.why) for pair in found.near]
        [('MRC', 'Medical Research Councill', 'initials')]
    """
    read, nobody = _read(names, stated)
    by_entity: dict[str, list[StatedName]] = defaultdict(list)
    for name in read:
        if name.how != OWN_NAME:
            by_entity[name.entity_id].append(name)
    return Audit(
        merged=tuple(Merged(names.known[one], tuple(by_entity[one])) for one in sorted(by_entity)),
        own=tuple(name for name in read if name.how == OWN_NAME),
        near=tuple(near_pairs(names, read[:top])),
        nobody=nobody,
    )


def _read(
    names: Names, stated: Stated
) -> tuple[list[StatedName], tuple[tuple[str, str | None], ...]]:
    read, nobody = [], []
    for (text, country), publications in ranked(stated):
        found = names.resolve(text, country=country)
        if found is None:
            nobody.append((text, country))
        else:
            read.append(StatedName(text, country, publications, found.how, found.entity.id))
    return read, tuple(nobody)


def ranked(stated: Stated) -> list[tuple[tuple[str, str | None], int]]:
    """Stated names, most publications first, then in the order of the alphabet."""
    return sorted(stated.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
