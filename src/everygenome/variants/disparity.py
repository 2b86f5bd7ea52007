"""Where an allele that looks rare is common in one group, or where one group is all there is.

A filter on the frequency of everybody hides what is common in a small group: in the United
States, alleles that were common among Black Americans were for years reported to them as the
cause of a heart disease (Manrai et al. 2016, New England Journal of Medicine 375:655).

The rule is arithmetic on columns, so that engines can state it as it stands here. With AC and AN
of a group, AC_all and AN_all of everybody, rest = all - group, and FAF95 of the group:

    common in one group        AC_all < bar AN_all,  FAF95 >= bar,
                               FAF95 AN_rest >= CONTRAST (AC_rest + 1)
    copies of one group        AC_all >= LEAST_COPIES,  AC >= NEARLY_ALL AC_all,
                               FAF95 AN_rest >= CONTRAST (AC_rest + 1)
    chromosomes of one group   AN_all > 0,  AN >= NEARLY_ALL AN_all

A count that is missing (NaN) raises nothing: it is not zero. Nor does a group that has more than
everybody. A flag asks for a second look and
says nothing of harm: TTR p.Val142Ile raises it too, and causes a heart disease in its carriers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everygenome.variants.frequency import filtering_frequency

RULE: Final = "disparity 1"
"""Name and version of the rule; it changes when a constant or a line of it does."""

RARE_OVERALL: Final = 0.005
"""Below it, over everybody, an allele passes for rare: between the 1% of common filters for
recessive disease and the 0.1% of those for dominant disease. Above 1% nobody takes it for rare.
The same bar must surely be reached in the group: there a filter would have stopped it."""

CONTRAST: Final = 5.0
"""How many times commoner, with 95% confidence, it must be in the group than in the rest. Two or
three times is usual between groups, and no reason to look; from five on, the frequency of
everybody says more of who was sampled than of the group."""

NEARLY_ALL: Final = 0.9
"""Nine of ten: of version 4 of gnomAD, 73% of people are Non-Finnish European at a site that is
covered in all, so that a share this high tells of this variant or site and not of the source."""

LEAST_COPIES: Final = 5
"""With fewer copies, that they are all in one group is no news."""

NO_GROUPS: Final = frozenset({"all", "oth", "remaining", "rmi"})
"""Codes of what is left, or of everybody: no group that a flag could name."""

Booleans = NDArray[np.bool_]


class Kind(StrEnum):
    """What a flag says."""

    COMMON_IN_ONE_GROUP = "rare overall, common in one group"
    COPIES_OF_ONE_GROUP = "nearly all copies are of one group"
    CHROMOSOMES_OF_ONE_GROUP = "nearly all chromosomes are of one group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disparity:
    """A flag of a variant.

    Attributes:
        kind: what it says; group: code of the group that it names.
        ac, an, faf95: of the group; rest_ac, rest_an: of everybody else.
    """

    kind: Kind
    group: str
    ac: int
    an: int
    faf95: float
    rest_ac: int
    rest_an: int

    def sentence(self, label: str = "") -> str:
        """The flag in words, with its figures."""
        name = label or self.group
        whole = self.an + self.rest_an
        match self.kind:
            case Kind.COMMON_IN_ONE_GROUP:
                return (
                    f"Rare overall ({self.ac + self.rest_ac:,}/{whole:,}), but common in {name}: "
                    f"{self.ac:,}/{self.an:,}, against {self.rest_ac:,}/{self.rest_an:,} elsewhere."
                )
            case Kind.COPIES_OF_ONE_GROUP:
                return f"{self.ac:,} of {self.ac + self.rest_ac:,} copies are of {name}."
            case _:
                return (
                    f"{self.an:,} of {whole:,} chromosomes are of {name}: what is said of "
                    "everybody is said of this group."
                )


def common_in_one_group(
    ac: ArrayLike,
    an: ArrayLike,
    faf95: ArrayLike,
    ac_all: ArrayLike,
    an_all: ArrayLike,
    *,
    bar: float = RARE_OVERALL,
) -> Booleans:
    """Rare over everybody, and surely common in the group. Shapes that fit one another.

    Example:
        >>> bool(common_in_one_group(518, 22_562, 0.0213, 550, 269_362))
        True
    """
    _, _, faf, whole_ac, whole_an = _floats(ac, an, faf95, ac_all, an_all)
    rare, common = whole_ac < bar * whole_an, faf >= bar
    return np.asarray(rare & common & _contrast(ac, an, faf95, ac_all, an_all))


def copies_of_one_group(
    ac: ArrayLike, an: ArrayLike, faf95: ArrayLike, ac_all: ArrayLike, an_all: ArrayLike
) -> Booleans:
    """Nearly all copies are of the group, and not because nearly everybody is of it."""
    copies, _, _, whole, _ = _floats(ac, an, faf95, ac_all, an_all)
    nearly = (whole >= LEAST_COPIES) & (copies >= NEARLY_ALL * whole)
    return np.asarray(nearly & _contrast(ac, an, faf95, ac_all, an_all))


def chromosomes_of_one_group(an: ArrayLike, an_all: ArrayLike) -> Booleans:
    """Nearly all chromosomes that were looked at are of the group."""
    chromosomes, whole = _floats(an, an_all)
    nearly = (chromosomes >= NEARLY_ALL * whole) & (chromosomes <= whole)
    return np.asarray((whole > 0) & nearly)


def disparities(
    counts: Mapping[str, tuple[int | None, int | None]],
    everybody: tuple[int | None, int | None],
    *,
    bar: float = RARE_OVERALL,
) -> tuple[Disparity, ...]:
    """The flags of one variant.

    Args:
        counts: code of a group to its AC and AN; groups of `NO_GROUPS` are part of the rest.
        everybody: AC and AN of all together.
        bar: see `RARE_OVERALL`; above 0 and below 1.

    Raises:
        UsageError: more copies than chromosomes, or a negative number.

    Example:
        >>> tnni3 = {"afr": (518, 22_562), "nfe": (12, 121_422)}
        >>> [(one.group, one.kind.name) for one in disparities(tnni3, (550, 269_362))]
        [('afr', 'COMMON_IN_ONE_GROUP'), ('afr', 'COPIES_OF_ONE_GROUP')]
    """
    ac_all, an_all = everybody
    if ac_all is None or an_all is None:
        return ()
    found: list[Disparity] = []
    for code, (ac, an) in counts.items():
        if ac is None or an is None or code in NO_GROUPS:
            continue
        faf = float(filtering_frequency(ac, an))
        told = {
            Kind.COMMON_IN_ONE_GROUP: common_in_one_group(ac, an, faf, ac_all, an_all, bar=bar),
            Kind.COPIES_OF_ONE_GROUP: copies_of_one_group(ac, an, faf, ac_all, an_all),
            Kind.CHROMOSOMES_OF_ONE_GROUP: chromosomes_of_one_group(an, an_all),
        }
        found += [
            Disparity(
                kind=kind,
                group=code,
                ac=ac,
                an=an,
                faf95=faf,
                rest_ac=ac_all - ac,
                rest_an=an_all - an,
            )
            for kind, raised in told.items()
            if raised
        ]
    return tuple(found)


def _contrast(
    ac: ArrayLike, an: ArrayLike, faf95: ArrayLike, ac_all: ArrayLike, an_all: ArrayLike
) -> Booleans:
    """Surely much commoner than in the rest; one copy more than was seen stands for luck there."""
    copies, chromosomes, faf, whole_ac, whole_an = _floats(ac, an, faf95, ac_all, an_all)
    seen, looked_at = whole_ac - copies, whole_an - chromosomes
    # More of a part than of the whole: such counts say nothing.
    fit = (seen >= 0) & (looked_at >= 0)
    return np.asarray(fit & (faf * looked_at >= CONTRAST * (seen + 1)))


def _floats(*given: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    return tuple(np.asarray(one, dtype=np.float64) for one in given)
