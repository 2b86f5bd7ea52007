"""A portfolio beside the rest of the field, stratum by stratum, in participations."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from everygenome.statistics.cells import Flags, Floats, Places, added
from everygenome.statistics.strata import Field


class Weighting(StrEnum):
    """How much each stratum counts.

    O is a portfolio's participations in a stratum and F the rest of the field's. `PORTFOLIO`
    weighs the rest's shares with O: what the portfolio would hold if it were like the rest.
    `BALANCED` weighs both sides' shares with O F / (O + F), after Mantel and Haenszel: strata
    in which either side is small count little. For a portfolio drawn at random, the observed
    less the expected is nought on average with `BALANCED`, and not with `PORTFOLIO`; see
    `standardised`.
    """

    PORTFOLIO = "portfolio"
    BALANCED = "balanced"


def scales(own: Floats, beside: Floats, weighting: Weighting) -> tuple[Floats, Floats]:
    """What the portfolio's and the rest's participations in each stratum are multiplied by.

    Args:
        own: O of each stratum, any shape.
        beside: F of each stratum, of the same shape; where it is 0, nothing is matched.
        weighting: how much each stratum counts.

    Example:
        >>> scales(np.array([6.0, 2.0]), np.array([3.0, 0.0]), Weighting.PORTFOLIO)
        (array([1., 0.]), array([2., 0.]))
    """
    matched = beside > 0
    if weighting is Weighting.PORTFOLIO:
        return matched.astype(np.float64), _divided(own, beside, matched)
    both = own + beside
    return _divided(beside, both, matched), _divided(own, both, matched)


def _divided(above: Floats, below: Floats, where: Flags) -> Floats:
    return np.divide(above, below, out=np.zeros_like(below), where=where)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Participations by slot (a group, or a group in a year), and perhaps by replicate.

    Attributes:
        observed: the portfolio's, in matched strata; shape (K,) or (K, R).
        expected: the same, had it the rest of the field's shares in each stratum.
        crude: the portfolio's, all of them.
        field: the rest of the field's, all of them.
    """

    observed: Floats
    expected: Floats
    crude: Floats
    field: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A portfolio and the rest of the field, as they are: no resampling.

    Attributes:
        sums: shape (K,); NaN where rows name a group and none of them states a number.
        publications: that contribute to each of the four sums, shape (K,).
        rungs: the portfolio's participations matched by trait, by parent and as unmapped, and
            those not matched, by part (a year, or all); shape (4, K / G).
    """

    sums: Sums
    publications: tuple[Places, Places, Places, Places]
    rungs: Floats


def match(
    field: Field,
    member: Flags,
    *,
    slots: Places,
    size: int,
    inclusive: bool,
    weighting: Weighting,
) -> Match:
    """Match a portfolio with the rest of the field.

    Args:
        field: the whole field.
        member: whether each publication is in the portfolio; shape (P,).
        slots: of each cell, where it is added up: 0 to K - 1, part by part, and in each its
            groups in order.
        size: K.
        inclusive: compare with the whole field, the portfolio included.
        weighting: how much each stratum counts.
    """
    stratum = field.strata(member, inclusive=inclusive)
    inside = member[field.publication]
    outside = np.ones_like(inside) if inclusive else ~inside
    cells, strata = len(stratum), int(stratum.max(initial=-1)) + 1
    own, beside = (added(field.cell[side], field.value[side], cells) for side in (inside, outside))
    own_in = added(stratum, own, strata)
    beside_in = added(stratum, beside, strata)
    to_own, to_beside = scales(own_in, beside_in, weighting)
    matched, used = to_own[stratum] > 0, to_beside[stratum] > 0
    sums, publications = [], []
    for values, side in (
        (own * to_own[stratum], inside & matched[field.cell]),
        (beside * to_beside[stratum], outside & used[field.cell]),
        (own, inside),
        (beside, outside),
    ):
        stated = np.bincount(slots[field.cell[side & field.stated]], minlength=size) > 0
        named = np.bincount(slots[field.cell[side]], minlength=size) > 0
        total = added(slots, values, size)
        sums.append(np.where(named & ~stated, np.nan, total))
        hit = np.zeros((size, field.publications), dtype=bool)
        adds = side & (field.value > 0)
        hit[slots[field.cell[adds]], field.publication[adds]] = True
        publications.append(np.count_nonzero(hit, axis=1))
    traits = len(field.entrants_of)
    unmapped = np.append(np.zeros(traits, dtype=bool), field.unmapped)[stratum]
    rung = np.where(stratum < traits, 0, np.where(unmapped, 2, 1))
    rung[~matched] = 3
    parts = size // field.groups
    rungs = added(rung * parts + slots // field.groups, own, 4 * parts)
    return Match(
        Sums(*sums),
        (publications[0], publications[1], publications[2], publications[3]),
        rungs.reshape(4, parts),
    )
