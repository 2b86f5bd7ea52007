"""How far a region's datasets have come: three levels, by a rule that its page states.

1. On the map: a dataset that recruited people there says how many.
2. Described: one of those says who is in it, and by which route researchers get access.
3. Governed: one of those also says who decides, and the communities concerned have a seat.

A level is about what is published of datasets. It says nothing of the people in them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from everygenome.web.datasets.people import counted
from everygenome.web.datasets.places import regions_of

LEVELS = ("not on the map", "on the map", "described", "governed")
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Registered:
    """A dataset of the register: its title, its address here, and its fields."""

    title: str
    address: str
    data: Mapping[str, Any]

    @property
    def regions(self) -> tuple[str, ...]:
        """Where it recruited people."""
        return regions_of(self.data)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A dataset that could lift its region, and what is not known of it."""

    dataset: Registered
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Maturity:
    """How far a region has come.

    Attributes:
        region: its name.
        level: 0 to 3.
        lifted_by: the datasets that meet this level; at level 0 none.
        nearest: at most three that lack the least for the next level.
        also: how many others lack as little as the last of these.
    """

    region: str
    level: int
    lifted_by: tuple[Registered, ...]
    nearest: tuple[Lacking, ...]
    also: int = 0

    @property
    def word(self) -> str:
        """The level in words."""
        return LEVELS[self.level]

    @property
    def next_word(self) -> str:
        """The next level in words; empty at the last."""
        return LEVELS[self.level + 1] if self.level + 1 < len(LEVELS) else ""


def lacks(data: Mapping[str, Any], level: int) -> tuple[str, ...]:
    """What a dataset lacks for a level, in words; nothing where it meets the level.

    Example:
        >>> lacks({"participants": [{"what": "recruited", "count": 5}]}, 2)
        ('who is in it', 'how researchers get access')
        >>> lacks({"participants": [{"what": "planned", "count": 5}]}, 1)
        ('how many people it holds',)
    """
    missing = [] if counted(data) else ["how many people it holds"]
    if level >= 2:
        if "composition" not in data:
            unpublished = data.get("composition_published") is False
            missing.append("who is in it" + (" (not published)" if unpublished else ""))
        if "route" not in data.get("access", {}):
            missing.append("how researchers get access")
    if level >= 3:
        if "governance" not in data:
            missing.append("who decides")
        seat = data.get("communities_decide")
        if seat is None:
            missing.append("whether the communities concerned have a seat")
        elif not seat:
            missing.append("a seat for the communities concerned (they have none)")
    return tuple(missing)


def level_of(data: Mapping[str, Any]) -> int:
    """The highest level that one dataset meets."""
    return max((level for level in (1, 2, 3) if not lacks(data, level)), default=0)


def maturity(region: str, datasets: Iterable[Registered]) -> Maturity:
    """How far a region has come.

    Args:
        region: one of six.
        datasets: those of the whole register; others than the region's are left out.
    """
    # Those of this region alone first: they say more of it than a panel of the whole world.
    here = sorted(
        (one for one in datasets if region in one.regions),
        key=lambda one: (len(one.regions), one.title.casefold(), one.address),
    )
    level = max((level_of(one.data) for one in here), default=0)
    lifted = tuple(one for one in here if level and level_of(one.data) == level)
    if level == 3:
        return Maturity(region, level, lifted, ())
    return Maturity(region, level, lifted, *_nearest(here, level + 1))


def _nearest(here: Sequence[Registered], level: int) -> tuple[tuple[Lacking, ...], int]:
    found = [Lacking(one, lacks(one.data, level)) for one in here]
    found.sort(key=lambda lacking: len(lacking.lacks))
    fewest = [one for one in found if len(one.lacks) == len(found[0].lacks)] if found else []
    return tuple(fewest[:_NEAREST]), max(0, len(fewest) - _NEAREST)
